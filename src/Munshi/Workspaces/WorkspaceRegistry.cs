using System.Text.RegularExpressions;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Workspaces;

/// <summary>The installation's workspaces: making one, finding one, its name.</summary>
internal sealed partial class WorkspaceRegistry(Databases databases, WorkspaceKeys keys, TimeProvider clock)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    private const string NameColumn = "workspace.workspace.name_sealed";

    /// <param name="slug">1 to 48 of a–z, 0–9 and hyphen, not beginning with a hyphen.</param>
    /// <param name="name">The business's name, 1 to <see cref="MaxNameLength"/>.</param>
    /// <param name="actor">Who creates it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<WorkspaceOutcome> CreateAsync(string slug, string name, Actor actor, CancellationToken cancellationToken)
    {
        if (!Slug().IsMatch(slug))
        {
            return new WorkspaceOutcome.Refused("The handle must be 1 to 48 of a–z, 0–9 and hyphen, and must not begin with a hyphen.");
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength)
        {
            return new WorkspaceOutcome.Refused($"The name must be 1 to {MaxNameLength} characters long.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        Guid clientId = Guid.CreateVersion7(now);
        try
        {
            await databases.App.TransactAsync(clientId, transaction =>
            {
                Insert(transaction, slug, name, actor, now);
                return Task.FromResult(true);
            }, cancellationToken);
            return new WorkspaceOutcome.Created(clientId);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new WorkspaceOutcome.Refused($"There is already a workspace '{slug}'.");
        }
    }

    public async Task<Guid?> FindAsync(string slug, CancellationToken cancellationToken) =>
        await databases.Router.RowAsync(
            new Statement("SELECT workspace.workspace_of_slug($1)").Text(slug), reader => reader.ValueOrNull<Guid>(0), cancellationToken);

    public Task<IReadOnlyList<WorkspaceListing>> ListAsync(CancellationToken cancellationToken) =>
        databases.Reader.RowsAsync(
            new Statement("SELECT client_id, slug, created_at FROM workspace.workspace ORDER BY created_at, client_id"),
            reader => new WorkspaceListing(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken);

    /// <summary>Whether all of it is here: not where an archive is still read in.</summary>
    public async Task<bool> IsWholeAsync(Guid clientId, CancellationToken cancellationToken) => await databases.App.RowAsync(
        clientId,
        new Statement("SELECT NOT EXISTS (SELECT FROM workspace.archive_import WHERE client_id = $1 AND completed_at IS NULL)").Uuid(clientId),
        reader => reader.GetBoolean(0),
        cancellationToken);

    public async Task<string> NameAsync(Guid clientId, CancellationToken cancellationToken) =>
        await OpenNameAsync(clientId, await databases.App.RowAsync(clientId, Name(clientId), reader => reader.GetFieldValue<byte[]>(0), cancellationToken), cancellationToken);

    /// <summary>The name of the transaction's workspace.</summary>
    public async Task<string> NameAsync(WorkspaceTransaction transaction) =>
        await OpenNameAsync(transaction.ClientId, await transaction.RowAsync(Name(transaction.ClientId), reader => reader.GetFieldValue<byte[]>(0)), transaction.CancellationToken);

    /// <summary>Makes the transaction's workspace in it. The slug and the name have been checked.</summary>
    /// <returns>The key of its own secrets, for what else the transaction seals.</returns>
    /// <exception cref="PostgresException">At the commit: the slug is taken.</exception>
    public KeyMaterial Insert(WorkspaceTransaction transaction, string slug, string name, Actor actor, DateTimeOffset now)
    {
        Guid clientId = transaction.ClientId;
        (KeyMaterial secret, IReadOnlyList<Statement> records) = keys.Create(clientId, now);
        transaction.Queue(new Statement("INSERT INTO workspace.workspace (client_id, slug, name_sealed, created_at) VALUES ($1, $2, $3, $4)")
            .Uuid(clientId).Text(slug).Bytes(SealedValue.Seal(secret, new SealContext(clientId, clientId, NameColumn), name)).Time(now));
        foreach (Statement record in records)
        {
            transaction.Queue(record);
        }

        AuditTrail.Record(transaction, new AuditEvent(actor, "workspace.created", "workspace", clientId, now));
        return secret;
    }

    private static Statement Name(Guid clientId) => new Statement("SELECT name_sealed FROM workspace.workspace WHERE client_id = $1").Uuid(clientId);

    private Task<string> OpenNameAsync(Guid clientId, byte[]? sealedName, CancellationToken cancellationToken) =>
        keys.OpenAsync(
            new SealContext(clientId, clientId, NameColumn), sealedName ?? throw new InvalidOperationException("No such workspace."), cancellationToken);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,47}$", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
