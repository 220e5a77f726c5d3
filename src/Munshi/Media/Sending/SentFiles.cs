using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media.Files;
using Munshi.Media.Looking;
using Munshi.Vault;
using Munshi.WhatsApp.Files;

namespace Munshi.Media.Sending;

/// <summary>Files that people send: kept encrypted before their message is written, then a row with it, and what Meta calls them after the upload.</summary>
/// <remarks>A kill between keeping a file and writing its row leaves one that no row names, which <see cref="Fetching.MediaSweep"/> removes.</remarks>
internal sealed class SentFiles(WorkspaceDatabase database, SentMessages messages, KeyCustodian custodian, IMediaStore store, TimeProvider clock)
{
    private const string Insert =
        """
        INSERT INTO vault.media (client_id, id, message_id, number_id, key_id, created_at, told_at, state, settled_at, type, length, hash_was_told, file_hash, hash_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $6, 'stored', $6, $7, $8, false, $9, $10)
        """;

    private const string Select =
        """
        SELECT id, key_id, type, length, file_hash, upload_sealed, uploaded_at
        FROM vault.media WHERE client_id = $1 AND message_id = $2 AND state = 'stored'
        """;

    private const string UploadColumn = "vault.media.upload_sealed";

    /// <summary>An id lives 30 days at Meta.</summary>
    private static readonly TimeSpan UploadLife = TimeSpan.FromDays(29);

    /// <summary>Keeps a file as it comes: nothing of it is on a disk unencrypted.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">Where it will be sent.</param>
    /// <param name="content">Read to its end, or until it is too large or of no type that is taken.</param>
    /// <param name="name">As the browser named it.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<KeepOutcome> KeepAsync(Guid clientId, Guid conversationId, Stream content, string? name, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MediaFormat.ChunkBytes];
        int read = await content.ReadAtLeastAsync(buffer, MediaType.HeadBytes, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return new KeepOutcome.Empty();
        }

        byte[] head = buffer[..Math.Min(read, MediaType.HeadBytes)];
        MediaType type = SentType.Of(head, name);
        if (FileLimits.Of(type.Name, SentType.Moves(head)) is not var (shownAs, most))
        {
            return new KeepOutcome.TypeRefused();
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        DataKey? key = await database.TransactAsync(clientId, transaction => messages.KeyAsync(transaction, conversationId, now), cancellationToken);
        if (key is null)
        {
            return new KeepOutcome.Unknown();
        }

        Guid id = Guid.CreateVersion7(now);
        await using StagedMedia staged = await store.StageAsync(cancellationToken);
        using MediaWriter writer = new(staged.Content, key.Material, clientId, id);
        for (; read > 0; read = await content.ReadAsync(buffer, cancellationToken))
        {
            if (writer.Bytes + read > most)
            {
                return new KeepOutcome.TooLarge(most);
            }

            await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        SealedMedia written = await writer.FinishAsync(cancellationToken);
        await staged.KeepAsync(written.CiphertextHash, cancellationToken);
        return new KeepOutcome.Kept(new SentFile { Id = id, KeyId = key.Id, Key = key.Material, Type = type, ShownAs = shownAs, Name = name, Written = written });
    }

    /// <summary>Writes the row, with its event, in the transaction that writes the message.</summary>
    public static void Write(WorkspaceTransaction transaction, SentFile file, Guid messageId, Guid numberId, Actor actor, DateTimeOffset now)
    {
        MediaRecord record = new()
        {
            Id = file.Id,
            MessageId = messageId,
            NumberId = numberId,
            KeyId = file.KeyId,
            ToldAt = now,
            State = MediaRecord.Stored,
            SettledAt = now,
            Type = file.Type.Name,
            Length = file.Written.Bytes,
            HashWasTold = false,
            FileHash = file.Written.CiphertextHash,
        };
        byte[] hashSealed = SealedValue.Seal(file.Key, new SealContext(transaction.ClientId, file.Id, MediaRecord.HashColumn), file.Written.PlaintextHash);
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId).Uuid(file.Id).Uuid(messageId).Uuid(numberId).Uuid(file.KeyId).Time(now)
            .Text(record.Type).Long(record.Length).Bytes(record.FileHash).Bytes(hashSealed));
        AuditTrail.Record(transaction, record.Event(actor, file.Key, file.Written.PlaintextHash, hashSealed));
        if (file.Type.Shown)
        {
            Jobs.Enqueue(transaction, LookAtMedia.LookJob, file.Id, now);
        }
    }

    /// <summary>Removes the file where no message came of it.</summary>
    public async Task DropUnwrittenAsync(Guid clientId, SentFile file, CancellationToken cancellationToken)
    {
        bool isWritten = await database.RowAsync(
            clientId,
            new Statement("SELECT EXISTS (SELECT FROM vault.media WHERE client_id = $1 AND id = $2)").Uuid(clientId).Uuid(file.Id),
            reader => reader.GetBoolean(0),
            cancellationToken);
        if (!isWritten)
        {
            await store.RemoveAsync(file.Written.CiphertextHash, cancellationToken);
        }
    }

    /// <summary>The file of a message; null where it has none, or its key is gone.</summary>
    public Task<FileToSend?> FindAsync(WorkspaceTransaction transaction, Guid messageId)
    {
        DateTimeOffset good = clock.GetUtcNow() - UploadLife;
        return transaction.RowAsync<FileToSend?>(new Statement(Select).Uuid(transaction.ClientId).Uuid(messageId), reader =>
        {
            (Guid id, Guid keyId) = (reader.GetGuid(0), reader.GetGuid(1));
            if (custodian.Find(keyId) is not { } key)
            {
                return null;
            }

            DateTimeOffset? at = reader.ValueOrNull<DateTimeOffset>(6);
            return new FileToSend
            {
                Id = id,
                KeyId = keyId,
                Type = MediaType.Named(reader.GetString(2)),
                Length = reader.GetInt64(3),
                FileHash = reader.GetFieldValue<byte[]>(4),
                UploadId = at > good ? SealedValue.OpenText(key, new SealContext(transaction.ClientId, id, UploadColumn), reader.GetFieldValue<byte[]>(5)) : null,
                UploadedAt = at,
            };
        });
    }

    /// <summary>The file's bytes; null where it is not there, or its key is gone.</summary>
    /// <exception cref="MediaDamagedException">It is not what was written.</exception>
    public async Task<Stream?> OpenAsync(Guid clientId, FileToSend file, CancellationToken cancellationToken) =>
        custodian.Find(file.KeyId) is { } key && await store.OpenAsync(file.FileHash, cancellationToken) is { } stored
            ? await MediaReader.OpenAsync(stored, key, clientId, file.Id, cancellationToken)
            : null;

    /// <summary>What Meta calls the file from now on.</summary>
    public void NoteUpload(WorkspaceTransaction transaction, FileToSend file, string uploadId)
    {
        if (custodian.Find(file.KeyId) is { } key)
        {
            byte[] uploadSealed = SealedValue.Seal(key, new SealContext(transaction.ClientId, file.Id, UploadColumn), uploadId);
            transaction.Queue(new Statement("UPDATE vault.media SET upload_sealed = $3, uploaded_at = $4 WHERE client_id = $1 AND id = $2")
                .Uuid(transaction.ClientId).Uuid(file.Id).Bytes(uploadSealed).Time(clock.GetUtcNow()));
        }
    }

    /// <summary>Meta does not know it by that id any more: it is to be uploaded anew.</summary>
    public static void ForgetUpload(WorkspaceTransaction transaction, Guid messageId) =>
        transaction.Queue(new Statement("UPDATE vault.media SET upload_sealed = NULL, uploaded_at = NULL WHERE client_id = $1 AND message_id = $2")
            .Uuid(transaction.ClientId).Uuid(messageId));
}
