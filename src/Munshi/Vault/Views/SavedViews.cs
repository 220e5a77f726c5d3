using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Labels;
using Munshi.Vault.Pages;
using Munshi.Vault.Resolving;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Vault.Views;

/// <summary>Each member's own list of what they list in the inbox. Names stand sealed under the workspace's own key, and are told apart by an HMAC.</summary>
internal sealed class SavedViews(WorkspaceDatabase database, WorkspaceKeys keys, TimeProvider clock)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 40;

    /// <summary>The most views of a member.</summary>
    public const int Most = 20;

    internal const string NameColumn = "vault.saved_view.name_sealed";
    internal const string LookupPurpose = "saved-view";
    private const string ObjectKind = "view";

    private const string Select =
        "SELECT id, name_sealed, tab, state, label_id FROM vault.saved_view WHERE client_id = $1 AND person_id = $2 AND lookup IS NOT NULL";

    private const string Others = "SELECT id, lookup FROM vault.saved_view WHERE client_id = $1 AND person_id = $2 AND lookup IS NOT NULL";

    private const string Insert =
        """
        INSERT INTO vault.saved_view (client_id, id, person_id, name_sealed, lookup, tab, state, label_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (client_id, id) DO NOTHING
        """;

    private const string Remove =
        "UPDATE vault.saved_view SET lookup = NULL, removed_at = $4 WHERE client_id = $1 AND person_id = $2 AND id = $3 AND removed_at IS NULL";

    /// <summary>A member's own, by name.</summary>
    public async Task<IReadOnlyList<SavedView>> ListAsync(Guid clientId, Guid personId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid Id, byte[] Name, InboxFilter Filter)> rows = await database.RowsAsync(
            clientId, new Statement(Select).Uuid(clientId).Uuid(personId), Read, cancellationToken);
        List<SavedView> views = [];
        foreach ((Guid id, byte[] name, InboxFilter filter) in rows)
        {
            views.Add(new SavedView(id, await keys.OpenAsync(new SealContext(clientId, id, NameColumn), name, cancellationToken), filter));
        }

        return [.. views.OrderBy(view => view.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <param name="clientId">The workspace.</param>
    /// <param name="view">With a fresh id; the same one makes no second view.</param>
    /// <param name="personId">Whose it is.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<SaveOutcome> SaveAsync(Guid clientId, SavedView view, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(view.Name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(view.Name.Length, MaxNameLength);
        DateTimeOffset now = clock.GetMicrosecondNow();
        byte[] lookup = await keys.LookupAsync(clientId, LookupPurpose, OwnWord.Fold(view.Name), cancellationToken);
        byte[] sealedName = await keys.SealAsync(new SealContext(clientId, view.Id, NameColumn), view.Name, cancellationToken);
        return await database.TransactAsync(clientId, async transaction =>
        {
            switch (await OwnNames.SavedViews.JudgeAsync(transaction, personId, new Statement(Others).Uuid(clientId).Uuid(personId), view.Id, lookup, Most))
            {
                case NameVerdict.Taken:
                    return SaveOutcome.NameTaken;
                case NameVerdict.TooMany:
                    return SaveOutcome.TooMany;
            }

            if (view.Filter.Label is { } label && !await LabelBook.HasAsync(transaction, label))
            {
                return SaveOutcome.LabelUnknown;
            }

            int inserted = await transaction.ExecuteAsync(new Statement(Insert)
                .Uuid(clientId).Uuid(view.Id).Uuid(personId).Bytes(sealedName).Bytes(lookup)
                .Text(view.Filter.Tab.ToString().ToLowerInvariant()).Text(view.Filter.Standing.Name()).Uuid(view.Filter.Label).Time(now));
            if (inserted == 1)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Person(personId), "view.saved", ObjectKind, view.Id, now));
            }

            return SaveOutcome.Done;
        }, cancellationToken);
    }

    /// <returns>False where the member has no such view.</returns>
    public async Task<bool> RemoveAsync(Guid clientId, Guid id, Guid personId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return await database.TransactAsync(clientId, async transaction =>
        {
            if (await transaction.ExecuteAsync(new Statement(Remove).Uuid(clientId).Uuid(personId).Uuid(id).Time(now)) == 0)
            {
                return false;
            }

            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(personId), "view.removed", ObjectKind, id, now));
            return true;
        }, cancellationToken);
    }

    private static (Guid Id, byte[] Name, InboxFilter Filter) Read(NpgsqlDataReader reader) => (
        reader.GetGuid(0),
        reader.GetFieldValue<byte[]>(1),
        new InboxFilter(InboxUrls.TabOf(reader.GetString(2)), StandingNames.OfStanding(reader.GetString(3)), reader.ValueOrNull<Guid>(4)));
}
