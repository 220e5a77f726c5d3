using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Ledger;
using Munshi.Ledger.Archives;
using Munshi.Workspaces;

namespace Munshi.Archives.Importing;

/// <summary>The workspace that an archive is read into: a new one, or the one that an earlier run of the same archive left unfinished.</summary>
internal sealed class ArchiveTarget(WorkspaceDatabase database, WorkspaceRegistry workspaces, KeyCustodian custodian, TimeProvider clock)
{
    private const string Select = "SELECT manifest_hash, completed_at FROM workspace.archive_import WHERE client_id = $1";
    private const string SecretKey = "SELECT key_id FROM workspace.workspace_key WHERE client_id = $1 AND purpose = 'secret'";

    private const string Insert =
        "INSERT INTO workspace.archive_import (client_id, origin, manifest_hash, exported_at, begun_at) VALUES ($1, $2, $3, $4, $5)";

    private const string Complete = "UPDATE workspace.archive_import SET completed_at = $2 WHERE client_id = $1 AND completed_at IS NULL RETURNING begun_at";

    /// <summary>Looked at before an archive is, which takes long.</summary>
    /// <exception cref="RefusalException">The handle is none, or a workspace has it that was not made of an archive.</exception>
    public async Task RequireFreeAsync(string handle, CancellationToken cancellationToken)
    {
        if (!Lines.LineForms.Handle.IsMatch(handle))
        {
            throw new RefusalException("The handle must be 1 to 48 of a–z, 0–9 and hyphen, and must not begin with a hyphen.");
        }

        if (await workspaces.FindAsync(handle, cancellationToken) is { } clientId && await FindAsync(clientId, cancellationToken) is null)
        {
            throw InUse(handle);
        }
    }

    /// <summary>Looked at before an archive's files are.</summary>
    /// <exception cref="RefusalException">The handle is another workspace's.</exception>
    public Task RequireFreeAsync(string handle, ArchiveSeal seal, CancellationToken cancellationToken) => StandingAsync(handle, seal, cancellationToken);

    /// <param name="handle">Free, or of the same archive.</param>
    /// <param name="name">The business's.</param>
    /// <param name="seal">Of the archive.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    /// <returns>The workspace, and whether the whole archive is in it already.</returns>
    /// <exception cref="RefusalException">The handle is another workspace's.</exception>
    public async Task<(Guid ClientId, bool IsComplete)> OpenAsync(string handle, string name, ArchiveSeal seal, CancellationToken cancellationToken)
    {
        if (await StandingAsync(handle, seal, cancellationToken) is { } standing)
        {
            return standing;
        }

        try
        {
            return (await BeginAsync(handle, name, seal, cancellationToken), false);
        }
        catch (Npgsql.PostgresException exception) when (exception.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            return await StandingAsync(handle, seal, cancellationToken) ?? throw InUse(handle); // another run began at the same time
        }
    }

    /// <summary>Says that all of the archive is here, in the ledger too.</summary>
    public Task CompleteAsync(Guid clientId, ArchiveSeal seal, CancellationToken cancellationToken) => database.TransactAsync(
        clientId,
        async transaction =>
        {
            DateTimeOffset now = clock.GetMicrosecondNow();
            Guid key = await transaction.RowAsync(new Statement(SecretKey).Uuid(clientId), reader => reader.GetGuid(0));
            DateTimeOffset begunAt = await transaction.RowAsync(new Statement(Complete).Uuid(clientId).Time(now), reader => reader.GetFieldValue<DateTimeOffset>(0));
            if (begunAt != default)
            {
                AuditTrail.Record(transaction, new ArchiveImportRecord(clientId, seal.Log, seal.Hash, seal.At, begunAt, now).Event(Actor.Operator, custodian.Get(key)));
            }

            return true;
        },
        cancellationToken);

    private async Task<(Guid ClientId, bool IsComplete)?> StandingAsync(string handle, ArchiveSeal seal, CancellationToken cancellationToken) =>
        await workspaces.FindAsync(handle, cancellationToken) is not { } clientId ? null
        : await FindAsync(clientId, cancellationToken) is { } begun && begun.Manifest == seal.Hash ? (clientId, begun.IsComplete)
        : throw InUse(handle);

    private Task<Guid> BeginAsync(string handle, string name, ArchiveSeal seal, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid made = Guid.CreateVersion7(now);
        return database.TransactAsync(
            made,
            transaction =>
            {
                KeyMaterial secret = workspaces.Insert(transaction, handle, name, Actor.Operator, now);
                transaction.Queue(new Statement(Insert).Uuid(made).Uuid(seal.Log).Bytes(seal.Hash.ToArray()).Time(seal.At).Time(now));
                AuditTrail.Record(transaction, new ArchiveBeginRecord(made, seal.Log, seal.Hash, seal.At, now).Event(Actor.Operator, secret));
                return Task.FromResult(made);
            },
            cancellationToken);
    }

    private Task<Begun?> FindAsync(Guid clientId, CancellationToken cancellationToken) => database.RowAsync<Begun>(
        clientId,
        new Statement(Select).Uuid(clientId),
        reader => new Begun(new Digest(reader.GetFieldValue<byte[]>(0)), !reader.IsDBNull(1)),
        cancellationToken);

    private static RefusalException InUse(string handle) =>
        new($"There is already a workspace '{handle}', which is not of this archive: an archive is read into a new workspace, so name a handle that is free.");

    private sealed record Begun(Digest Manifest, bool IsComplete);
}
