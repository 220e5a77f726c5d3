using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault.Importing;

/// <summary>Lists the imports of a workspace, newest first.</summary>
internal sealed class ImportList(WorkspaceDatabase database, WordOpener opener)
{
    public const int PageSize = 20;

    private static readonly string Select = Sql.Read("Vault/Importing/list_imports.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="before">The import after which the page begins; null for the newest.</param>
    /// <param name="cancellationToken">Honoured.</param>
    public Task<IReadOnlyList<ImportListing>> ReadAsync(Guid clientId, Guid? before, CancellationToken cancellationToken) =>
        database.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Uuid(before).Int(PageSize),
            reader =>
            {
                Guid id = reader.GetGuid(0);
                Words described = opener.Open(reader.GetGuid(3), new SealContext(clientId, id, ImportRecord.FileColumn), reader.GetFieldValue<byte[]>(4));
                return new ImportListing(
                    id,
                    reader.GetGuid(1),
                    reader.GetFieldValue<DateTimeOffset>(2),
                    described.Text?[(described.Text.IndexOf(' ', StringComparison.Ordinal) + 1)..],
                    reader.GetInt64(5),
                    reader.GetInt64(6),
                    reader.GetInt64(7),
                    reader.GetBoolean(8))
                {
                    Files = reader.GetInt64(9),
                };
            },
            cancellationToken);
}
