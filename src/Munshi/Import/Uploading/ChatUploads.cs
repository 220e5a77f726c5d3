using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media.Files;
using Npgsql;

namespace Munshi.Import.Uploading;

/// <summary>Exports that were uploaded: kept encrypted under a key of their own until they are imported, and removed then.</summary>
/// <remarks>A kill between keeping a file and writing its row leaves one that no row names, which the sweep of the media removes.</remarks>
internal sealed class ChatUploads(WorkspaceDatabase database, KeyCustodian custodian, IMediaStore store, TimeProvider clock)
{
    /// <summary>1 GiB.</summary>
    public const long MaxBytes = 1024L * 1024 * 1024;

    internal const string Job = "import.run";

    private const string RequestColumn = "vault.import_job.request_sealed";
    private const int Shown = 10;

    private const string Insert =
        """
        INSERT INTO vault.import_job (client_id, id, person_id, state, created_at, length, key_id, file_hash, request_sealed)
        VALUES ($1, $2, $3, 'waiting', $4, $5, $6, $7, $8)
        """;

    private const string Select =
        "SELECT id, state, created_at, key_id, request_sealed, reason, records, passed, added, stop_asked, files, files_refused, report FROM vault.import_job WHERE client_id = $1";

    /// <summary>Keeps a file as it comes: nothing of it is on a disk unencrypted.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="content">Read to its end, or until it is too large.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null where it is empty; a file without a hash where it is too large.</returns>
    public async Task<KeptUpload?> KeepAsync(Guid clientId, Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MediaFormat.ChunkBytes];
        int read = await content.ReadAsync(buffer, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        (Guid id, Guid keyId) = (Guid.CreateVersion7(clock.GetUtcNow()), custodian.Take());
        await using StagedMedia staged = await store.StageAsync(cancellationToken);
        using MediaWriter writer = new(staged.Content, custodian.Get(keyId), clientId, id);
        for (; read > 0; read = await content.ReadAsync(buffer, cancellationToken))
        {
            if (writer.Bytes + read > MaxBytes)
            {
                return new KeptUpload(id, keyId, writer.Bytes, Hash: null);
            }

            await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        SealedMedia written = await writer.FinishAsync(cancellationToken);
        await staged.KeepAsync(written.CiphertextHash, cancellationToken);
        return new KeptUpload(id, keyId, written.Bytes, written.CiphertextHash);
    }

    /// <summary>Has a kept file imported.</summary>
    public Task EnqueueAsync(Guid clientId, KeptUpload kept, UploadRequest request, Guid personId, CancellationToken cancellationToken) =>
        database.TransactAsync(
            clientId,
            transaction =>
            {
                DateTimeOffset now = clock.GetMicrosecondNow();
                byte[] requestSealed = SealedValue.Seal(custodian.Get(kept.KeyId), new SealContext(clientId, kept.Id, RequestColumn), request.ToJson());
                transaction.Queue(new Statement(Insert)
                    .Uuid(clientId).Uuid(kept.Id).Uuid(personId).Time(now).Long(kept.Length).Uuid(kept.KeyId).Bytes(kept.Hash).Bytes(requestSealed));
                AuditTrail.Record(transaction, new AuditEvent(Actor.Person(personId), "chat.uploaded", "upload", kept.Id, now));
                Jobs.Enqueue(transaction, Job, kept.Id, now);
                return Task.FromResult(true);
            },
            cancellationToken);

    /// <summary>Removes a kept file that is not to be imported.</summary>
    public Task DropAsync(KeptUpload kept) => kept.Hash is null ? Task.CompletedTask : store.RemoveAsync(kept.Hash, CancellationToken.None);

    /// <summary>Asks for an import to be broken off; harmless where it is settled.</summary>
    public Task StopAsync(Guid clientId, Guid id, Guid personId, CancellationToken cancellationToken) =>
        database.TransactAsync(
            clientId,
            async transaction =>
            {
                Guid asked = await transaction.RowAsync(
                    new Statement("UPDATE vault.import_job SET stop_asked = true WHERE client_id = $1 AND id = $2 AND settled_at IS NULL AND NOT stop_asked RETURNING id")
                        .Uuid(clientId).Uuid(id),
                    reader => reader.GetGuid(0));
                if (asked != Guid.Empty)
                {
                    AuditTrail.Record(transaction, new AuditEvent(Actor.Person(personId), "chat.stopped", "upload", id, clock.GetMicrosecondNow()));
                }

                return asked != Guid.Empty;
            },
            cancellationToken);

    /// <summary>The newest, those that are not settled among them.</summary>
    public Task<IReadOnlyList<UploadView>> ListAsync(Guid clientId, CancellationToken cancellationToken) => database.RowsAsync(
        clientId, new Statement(Select + " ORDER BY id DESC LIMIT $2").Uuid(clientId).Int(Shown), reader => Read(clientId, reader), cancellationToken);

    /// <summary>Null where this workspace has no such upload.</summary>
    public Task<UploadView?> FindAsync(Guid clientId, Guid id, CancellationToken cancellationToken) => database.RowAsync<UploadView?>(
        clientId, new Statement(Select + " AND id = $2").Uuid(clientId).Uuid(id), reader => Read(clientId, reader), cancellationToken);

    /// <summary>What a job is to import; null where it is settled already.</summary>
    public Task<OpenUpload?> OpenAsync(WorkspaceTransaction transaction, Guid id) => transaction.RowAsync<OpenUpload?>(
        new Statement(
            """
            UPDATE vault.import_job SET state = 'running' WHERE client_id = $1 AND id = $2 AND settled_at IS NULL
            RETURNING person_id, key_id, file_hash, request_sealed, stop_asked
            """).Uuid(transaction.ClientId).Uuid(id),
        reader => new OpenUpload(
            id,
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetFieldValue<byte[]>(2),
            custodian.Find(reader.GetGuid(1)) is { } key
                ? UploadRequest.Read(SealedValue.Open(key, new SealContext(transaction.ClientId, id, RequestColumn), reader.GetFieldValue<byte[]>(3)))
                : null,
            reader.GetBoolean(4)));

    /// <summary>Writes down how far it is. Returns whether it is to go on.</summary>
    public Task<bool> PassAsync(Guid clientId, Guid id, ImportProgress progress, CancellationToken cancellationToken) => database.RowAsync(
        clientId,
        new Statement("UPDATE vault.import_job SET records = $3, passed = $4, added = $5, files = $6, files_refused = $7 WHERE client_id = $1 AND id = $2 AND settled_at IS NULL RETURNING NOT stop_asked")
            .Uuid(clientId).Uuid(id).Long(progress.Records).Long(progress.Passed).Long(progress.Added).Long(progress.Files).Long(progress.FilesRefused),
        reader => reader.GetBoolean(0),
        cancellationToken);

    /// <summary>Settles it and forgets what was asked for; its file is to be removed behind the commit.</summary>
    /// <param name="transaction">The transaction that ends its job.</param>
    /// <param name="id">The upload.</param>
    /// <param name="state">As in <c>vault.import_job</c>.</param>
    /// <param name="reason">Why it was refused; null where it was not.</param>
    /// <param name="report">What was met in it; null where it was not imported.</param>
    public void Settle(WorkspaceTransaction transaction, Guid id, string state, string? reason, UploadReport? report = null)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        transaction.Queue(new Statement(
            """
            UPDATE vault.import_job SET state = $3, reason = $4, settled_at = $5, report = $6::jsonb, file_hash = NULL, request_sealed = NULL
            WHERE client_id = $1 AND id = $2 AND settled_at IS NULL
            """).Uuid(transaction.ClientId).Uuid(id).Text(state).Text(reason).Time(now).Text(report?.ToJson()));
        if (reason is not null)
        {
            AuditTrail.Record(transaction, new AuditEvent(Actor.Import, "chat.refused", "upload", id, now));
        }
    }

    private UploadView Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        byte[]? request = reader.OrNull<byte[]>(4);
        return new UploadView(
            id,
            reader.GetString(1) switch
            {
                "waiting" => UploadState.Waiting,
                "running" => UploadState.Running,
                "done" => UploadState.Done,
                "stopped" => UploadState.Stopped,
                _ => UploadState.Refused,
            },
            reader.GetFieldValue<DateTimeOffset>(2),
            request is not null && custodian.Find(reader.GetGuid(3)) is { } key
                ? UploadRequest.Read(SealedValue.Open(key, new SealContext(clientId, id, RequestColumn), request)).FileName
                : null)
        {
            Reason = reader.OrNull<string>(5),
            Records = reader.ValueOrNull<long>(6),
            Passed = reader.GetInt64(7),
            Added = reader.GetInt64(8),
            IsStopping = reader.GetBoolean(9),
            Files = reader.GetInt64(10),
            FilesRefused = reader.GetInt64(11),
            Report = reader.OrNull<string>(12) is { } report ? UploadReport.Read(report) : null,
        };
    }
}
