using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;

namespace Munshi.Vault.Labels;

/// <summary>A workspace's own list of labels. Names stand sealed under the workspace's own key, and are told apart by an HMAC.</summary>
internal sealed class LabelBook(WorkspaceDatabase database, WorkspaceKeys keys, TimeProvider clock)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 40;

    /// <summary>The most labels of a workspace.</summary>
    public const int Most = 60;

    internal const string NameColumn = "vault.label.name_sealed";
    internal const string LookupPurpose = "label";
    private const string ObjectKind = "label";

    private const string Select = "SELECT id, name_sealed, colour FROM vault.label WHERE client_id = $1 AND retired_at IS NULL";

    private const string Others =
        "SELECT id, lookup FROM vault.label WHERE client_id = $1 AND retired_at IS NULL";

    private const string Insert =
        "INSERT INTO vault.label (client_id, id, name_sealed, lookup, colour, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (client_id, id) DO NOTHING";

    private const string Update =
        "UPDATE vault.label SET name_sealed = $3, lookup = $4, colour = $5 WHERE client_id = $1 AND id = $2 AND retired_at IS NULL";

    private const string Retire =
        "UPDATE vault.label SET lookup = NULL, retired_at = $3 WHERE client_id = $1 AND id = $2 AND retired_at IS NULL";

    /// <summary>Saved views of a label that is no more would list nothing.</summary>
    private const string RemoveViews = "UPDATE vault.saved_view SET lookup = NULL, removed_at = $3 WHERE client_id = $1 AND label_id = $2 AND removed_at IS NULL";

    /// <summary>Those in use, by name.</summary>
    public async Task<IReadOnlyList<Label>> ListAsync(Guid clientId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid Id, byte[] Name, string Colour)> rows = await database.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId),
            reader => (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2)),
            cancellationToken);
        List<Label> labels = [];
        foreach ((Guid id, byte[] name, string colour) in rows)
        {
            labels.Add(new Label(id, await keys.OpenAsync(new SealContext(clientId, id, NameColumn), name, cancellationToken), colour));
        }

        return [.. labels.OrderBy(label => label.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Whether this workspace has such a label in use.</summary>
    public static Task<bool> HasAsync(WorkspaceTransaction transaction, Guid id) => transaction.RowAsync(
        new Statement("SELECT true FROM vault.label WHERE client_id = $1 AND id = $2 AND retired_at IS NULL").Uuid(transaction.ClientId).Uuid(id),
        reader => reader.GetBoolean(0));

    /// <param name="clientId">The workspace.</param>
    /// <param name="label">A fresh id; the same one makes no second label.</param>
    /// <param name="person">Who makes it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<LabelOutcome> MakeAsync(Guid clientId, Label label, Guid person, CancellationToken cancellationToken) =>
        WriteAsync(clientId, label, person, isNew: true, cancellationToken);

    /// <summary>Gives a label another name or colour.</summary>
    public Task<LabelOutcome> ChangeAsync(Guid clientId, Label label, Guid person, CancellationToken cancellationToken) =>
        WriteAsync(clientId, label, person, isNew: false, cancellationToken);

    /// <summary>No conversation wears it any more, no saved view lists it, and its name is free.</summary>
    public async Task<LabelOutcome> RetireAsync(Guid clientId, Guid id, Guid person, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return await database.TransactAsync(clientId, async transaction =>
        {
            if (await transaction.ExecuteAsync(new Statement(Retire).Uuid(clientId).Uuid(id).Time(now)) == 0)
            {
                return LabelOutcome.Unknown;
            }

            transaction.Queue(new Statement(RemoveViews).Uuid(clientId).Uuid(id).Time(now));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person), "label.retired", ObjectKind, id, now));
            return LabelOutcome.Done;
        }, cancellationToken);
    }

    private async Task<LabelOutcome> WriteAsync(Guid clientId, Label label, Guid person, bool isNew, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label.Name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(label.Name.Length, MaxNameLength);
        DateTimeOffset now = clock.GetMicrosecondNow();
        byte[] lookup = await keys.LookupAsync(clientId, LookupPurpose, OwnWord.Fold(label.Name), cancellationToken);
        byte[] sealedName = await keys.SealAsync(new SealContext(clientId, label.Id, NameColumn), label.Name, cancellationToken);
        return await database.TransactAsync(clientId, async transaction =>
        {
            switch (await OwnNames.Labels.JudgeAsync(transaction, clientId, new Statement(Others).Uuid(clientId), label.Id, lookup, isNew ? Most : int.MaxValue))
            {
                case NameVerdict.Taken:
                    return LabelOutcome.NameTaken;
                case NameVerdict.TooMany:
                    return LabelOutcome.TooMany;
            }

            Statement write = new Statement(isNew ? Insert : Update).Uuid(clientId).Uuid(label.Id).Bytes(sealedName).Bytes(lookup).Text(label.Colour);
            if (await transaction.ExecuteAsync(isNew ? write.Time(now) : write) == 0)
            {
                return isNew ? LabelOutcome.Done : LabelOutcome.Unknown; // the form came twice
            }

            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person), isNew ? "label.created" : "label.changed", ObjectKind, label.Id, now));
            return LabelOutcome.Done;
        }, cancellationToken);
    }
}
