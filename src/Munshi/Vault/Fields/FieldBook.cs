using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;

namespace Munshi.Vault.Fields;

/// <summary>What a workspace notes of each of its customers. Names stand sealed under the workspace's own key, and are told apart by an HMAC.</summary>
internal sealed class FieldBook(WorkspaceDatabase database, WorkspaceKeys keys, TimeProvider clock)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 40;

    /// <summary>The most fields of a workspace.</summary>
    public const int Most = 20;

    internal const string NameColumn = "vault.field.name_sealed";
    internal const string LookupPurpose = "field";
    private const string ObjectKind = "field";

    private const string Select = "SELECT id, name_sealed FROM vault.field WHERE client_id = $1 AND lookup IS NOT NULL ORDER BY created_at, id";

    private const string Others = "SELECT id, lookup FROM vault.field WHERE client_id = $1 AND lookup IS NOT NULL";

    private const string Insert =
        "INSERT INTO vault.field (client_id, id, name_sealed, lookup, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (client_id, id) DO NOTHING";

    private const string Rename = "UPDATE vault.field SET name_sealed = $3, lookup = $4 WHERE client_id = $1 AND id = $2 AND retired_at IS NULL";

    private const string Retire = "UPDATE vault.field SET lookup = NULL, retired_at = $3 WHERE client_id = $1 AND id = $2 AND retired_at IS NULL";

    /// <summary>Those in use, the oldest first.</summary>
    public async Task<IReadOnlyList<Field>> ListAsync(Guid clientId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid Id, byte[] Name)> rows = await database.RowsAsync(
            clientId, new Statement(Select).Uuid(clientId), reader => (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)), cancellationToken);
        List<Field> fields = [];
        foreach ((Guid id, byte[] name) in rows)
        {
            fields.Add(new Field(id, await keys.OpenAsync(new SealContext(clientId, id, NameColumn), name, cancellationToken)));
        }

        return fields;
    }

    /// <summary>Whether this workspace has such a field in use.</summary>
    public static Task<bool> HasAsync(WorkspaceTransaction transaction, Guid id) => transaction.RowAsync(
        new Statement("SELECT true FROM vault.field WHERE client_id = $1 AND id = $2 AND retired_at IS NULL").Uuid(transaction.ClientId).Uuid(id),
        reader => reader.GetBoolean(0));

    /// <param name="clientId">The workspace.</param>
    /// <param name="field">With a fresh id; the same one makes no second field.</param>
    /// <param name="person">Who makes it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<FieldOutcome> MakeAsync(Guid clientId, Field field, Guid person, CancellationToken cancellationToken) =>
        WriteAsync(clientId, field, person, isNew: true, cancellationToken);

    public Task<FieldOutcome> RenameAsync(Guid clientId, Field field, Guid person, CancellationToken cancellationToken) =>
        WriteAsync(clientId, field, person, isNew: false, cancellationToken);

    /// <summary>It is shown of no customer any more, and its name is free.</summary>
    public async Task<FieldOutcome> RetireAsync(Guid clientId, Guid id, Guid person, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return await database.TransactAsync(clientId, async transaction =>
        {
            if (await transaction.ExecuteAsync(new Statement(Retire).Uuid(clientId).Uuid(id).Time(now)) == 0)
            {
                return FieldOutcome.Unknown;
            }

            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person), "field.retired", ObjectKind, id, now));
            return FieldOutcome.Done;
        }, cancellationToken);
    }

    private async Task<FieldOutcome> WriteAsync(Guid clientId, Field field, Guid person, bool isNew, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field.Name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(field.Name.Length, MaxNameLength);
        DateTimeOffset now = clock.GetMicrosecondNow();
        byte[] lookup = await keys.LookupAsync(clientId, LookupPurpose, OwnWord.Fold(field.Name), cancellationToken);
        byte[] sealedName = await keys.SealAsync(new SealContext(clientId, field.Id, NameColumn), field.Name, cancellationToken);
        return await database.TransactAsync(clientId, async transaction =>
        {
            switch (await OwnNames.Fields.JudgeAsync(transaction, clientId, new Statement(Others).Uuid(clientId), field.Id, lookup, isNew ? Most : int.MaxValue))
            {
                case NameVerdict.Taken:
                    return FieldOutcome.NameTaken;
                case NameVerdict.TooMany:
                    return FieldOutcome.TooMany;
            }

            Statement write = new Statement(isNew ? Insert : Rename).Uuid(clientId).Uuid(field.Id).Bytes(sealedName).Bytes(lookup);
            if (await transaction.ExecuteAsync(isNew ? write.Time(now) : write) == 0)
            {
                return isNew ? FieldOutcome.Done : FieldOutcome.Unknown; // the form came twice
            }

            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person), isNew ? "field.created" : "field.renamed", ObjectKind, field.Id, now));
            return FieldOutcome.Done;
        }, cancellationToken);
    }
}
