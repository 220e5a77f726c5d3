using System.Runtime.CompilerServices;
using Munshi.Database;

namespace Munshi.Vault.Importing;

/// <summary>Tells what an import decided, record by record, and what of the same stretch of the chat its file does not hold.</summary>
internal sealed class ImportDecisions(WorkspaceDatabase database)
{
    private const int PageSize = 5_000;

    private static readonly string Select = Sql.Read("Vault/Importing/import_decisions.sql");
    private static readonly string SelectAbsent = Sql.Read("Vault/Importing/absent_messages.sql");

    public Task<bool> IsThereAsync(Guid clientId, Guid importId, CancellationToken cancellationToken) => database.RowAsync(
        clientId, new Statement("SELECT true FROM vault.import WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(importId), reader => reader.GetBoolean(0), cancellationToken);

    /// <summary>In the order of the file; then what is absent, by time. Nothing where this workspace has no such import.</summary>
    public async IAsyncEnumerable<ImportDecision> ReadAsync(Guid clientId, Guid importId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (long record, Guid message) = (-1, Guid.Empty);
        IReadOnlyList<ImportDecision> page;
        do
        {
            page = await database.RowsAsync(
                clientId,
                new Statement(Select).Uuid(clientId).Uuid(importId).Long(record).Uuid(message).Int(PageSize),
                reader => new ImportDecision(
                    reader.GetInt64(0), reader.GetString(2), reader.GetGuid(1), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetBoolean(3)),
                cancellationToken);
            foreach (ImportDecision decision in page)
            {
                yield return decision;
                (record, message) = (decision.Record!.Value, decision.MessageId);
            }
        }
        while (page.Count == PageSize);

        (DateTimeOffset at, message) = (DateTimeOffset.MinValue.AddDays(1), Guid.Empty);
        do
        {
            page = await database.RowsAsync(
                clientId,
                new Statement(SelectAbsent).Uuid(clientId).Uuid(importId).Time(at).Uuid(message).Int(PageSize),
                reader => new ImportDecision(null, "absent", reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), Differs: false),
                cancellationToken);
            foreach (ImportDecision decision in page)
            {
                yield return decision;
                (at, message) = (decision.At, decision.MessageId);
            }
        }
        while (page.Count == PageSize);
    }
}
