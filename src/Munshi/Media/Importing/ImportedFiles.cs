using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media.Files;
using Munshi.Media.Looking;
using Munshi.Media.Sending;

namespace Munshi.Media.Importing;

/// <summary>Files that an export brings: each kept encrypted, then a row with its event beside the message that names it.</summary>
/// <remarks>
/// A kill between keeping a file and writing its row leaves one that no row names, which <see cref="Fetching.MediaSweep"/> removes; the next import of the export keeps it again.
/// </remarks>
internal sealed class ImportedFiles(WorkspaceDatabase database, KeyCustodian custodian, IMediaStore store, TimeProvider clock)
{
    private const string Insert =
        """
        INSERT INTO vault.media (client_id, id, message_id, number_id, key_id, created_at, told_at, state, settled_at, type, length, hash_was_told, file_hash, hash_sealed, from_export)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'stored', $6, $8, $9, false, $10, $11, true)
        ON CONFLICT (client_id, message_id) DO NOTHING
        RETURNING id
        """;

    private const string Note =
        """
        INSERT INTO vault.media_import (client_id, media_id, import_id)
        SELECT $1, f.id, $2 FROM vault.media f
        WHERE f.client_id = $1 AND f.message_id = ANY ($3) AND f.from_export
        ON CONFLICT (client_id, media_id, import_id) DO NOTHING
        """;

    private static readonly string Select = Sql.Read("Media/Importing/messages_without_file.sql");

    /// <summary>Those of some messages that stand without a file, by message.</summary>
    public async Task<IReadOnlyDictionary<Guid, FileWanted>> WithoutAsync(Guid clientId, Guid[] messageIds, CancellationToken cancellationToken) =>
        (await database.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Uuids(messageIds),
            reader => new FileWanted(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.ValueOrNull<Guid>(3), reader.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken)).ToDictionary(wanted => wanted.MessageId);

    /// <summary>Notes that an import has the files of these messages too, where an import brought them: they stay when another is taken back.</summary>
    public Task NoteAsync(Guid clientId, Guid importId, Guid[] messageIds, CancellationToken cancellationToken) =>
        database.ExecuteAsync(clientId, [new Statement(Note).Uuid(clientId).Uuid(importId).Uuids(messageIds)], cancellationToken);

    /// <summary>Keeps a file as it comes: nothing of it is on a disk unencrypted. Durable once the task completes.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="message">Stands without a file.</param>
    /// <param name="importId">What brings it.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="name">As the export names it.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="cancellationToken">Honoured until the file is kept.</param>
    /// <exception cref="InvalidDataException">What is read says that it is damaged; nothing was kept.</exception>
    public async Task<KeepOutcome> KeepAsync(
        Guid clientId, FileWanted message, Guid importId, Stream content, string name, Actor actor, CancellationToken cancellationToken)
    {
        if (custodian.Find(message.KeyId) is not { } key)
        {
            return KeepOutcome.Erased;
        }

        byte[] buffer = new byte[MediaFormat.ChunkBytes];
        int read = await content.ReadAtLeastAsync(buffer, MediaType.HeadBytes, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return KeepOutcome.Empty;
        }

        MediaType type = SentType.Of(buffer.AsSpan(0, Math.Min(read, MediaType.HeadBytes)), name);
        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid id = Guid.CreateVersion7(now);
        await using StagedMedia staged = await store.StageAsync(cancellationToken);
        using MediaWriter writer = new(staged.Content, key, clientId, id);
        for (; read > 0; read = await content.ReadAsync(buffer, cancellationToken))
        {
            await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        SealedMedia written = await writer.FinishAsync(cancellationToken);
        await staged.KeepAsync(written.CiphertextHash, cancellationToken);
        MediaRecord record = new()
        {
            Id = id,
            MessageId = message.MessageId,
            NumberId = message.NumberId,
            KeyId = message.KeyId,
            ToldAt = message.ToldAt,
            State = MediaRecord.Stored,
            SettledAt = now,
            Type = type.Name,
            Length = written.Bytes,
            HashWasTold = false,
            FileHash = written.CiphertextHash,
        };
        if (await WriteAsync(clientId, record, key, written, message.ConversationId, importId, type.Shown, actor))
        {
            return KeepOutcome.Kept;
        }

        await store.RemoveAsync(written.CiphertextHash, CancellationToken.None);
        return KeepOutcome.Already;
    }

    /// <returns>False where the message has a file by now.</returns>
    private Task<bool> WriteAsync(
        Guid clientId, MediaRecord record, KeyMaterial key, SealedMedia written, Guid conversationId, Guid importId, bool isShown, Actor actor) =>
        database.TransactAsync(
            clientId,
            async transaction =>
            {
                byte[] hashSealed = SealedValue.Seal(key, new SealContext(clientId, record.Id, MediaRecord.HashColumn), written.PlaintextHash);
                Guid inserted = await transaction.RowAsync(
                    new Statement(Insert)
                        .Uuid(clientId).Uuid(record.Id).Uuid(record.MessageId).Uuid(record.NumberId).Uuid(record.KeyId).Time(record.SettledAt).Time(record.ToldAt)
                        .Text(record.Type).Long(record.Length).Bytes(record.FileHash).Bytes(hashSealed),
                    reader => reader.GetGuid(0));
                if (inserted == Guid.Empty)
                {
                    return false;
                }

                transaction.Queue(new Statement("INSERT INTO vault.media_import (client_id, media_id, import_id) VALUES ($1, $2, $3)")
                    .Uuid(clientId).Uuid(record.Id).Uuid(importId));
                AuditTrail.Record(transaction, record.Event(actor, key, written.PlaintextHash, hashSealed));
                if (isShown)
                {
                    Jobs.EnqueueBulk(transaction, LookAtMedia.LookJob, record.Id, record.SettledAt);
                }

                Signals.Conversation(transaction, conversationId);
                return true;
            },
            CancellationToken.None);
}
