using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media;
using Munshi.Media.Files;
using Munshi.Media.Looking;
using Npgsql;

namespace Munshi.Archives.Importing;

/// <summary>Files of messages, each encrypted anew, then a row beside its message. A message whose file the archive does not have stays without.</summary>
/// <remarks>
/// A kill between keeping a file and writing its row leaves one that no row names, which <see cref="Media.Fetching.MediaSweep"/> removes; the next run keeps it again.
/// </remarks>
internal sealed class FileImport(WorkspaceDatabase database, LineBatches batches, KeyCustodian custodian, IMediaStore store, TimeProvider clock)
{
    private const string Files = "SELECT id FROM vault.media WHERE client_id = $1 AND id = ANY ($2)";
    private const string Messages = "SELECT id, key_id, source = 'import' FROM vault.message WHERE client_id = $1 AND id = ANY ($2)";

    private const string Insert =
        """
        INSERT INTO vault.media (client_id, id, message_id, key_id, created_at, told_at, state, reason, settled_at, type, length, hash_was_told, file_hash, hash_sealed, from_export)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (client_id, id) DO NOTHING
        RETURNING true
        """;

    /// <summary>Which of the imports that saw a message brought its file is not in an archive: each is taken to have.</summary>
    private const string Note =
        """
        INSERT INTO vault.media_import (client_id, media_id, import_id)
        SELECT DISTINCT $1::uuid, f.id, o.import_id FROM vault.media f
        JOIN vault.observation o ON o.client_id = $1 AND o.message_id = f.message_id
        WHERE f.client_id = $1 AND f.id = ANY ($2) AND f.from_export
        ON CONFLICT (client_id, media_id, import_id) DO NOTHING
        """;

    /// <summary>After the messages and what imports saw.</summary>
    public async Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken)
    {
        foreach (LineBatch<MediaLine> batch in LineBatches.Of(workspace, DataFiles.Media))
        {
            foreach ((MediaLine line, Place place) in await MissingAsync(workspace, batch.Lines, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await KeepAsync(workspace, batch, line, place, cancellationToken);
                workspace.Progress.Tell($"media: {line.Id} ...");
            }
        }

        await batches.EachAsync(workspace, DataFiles.Media, NoteAsync, cancellationToken);
    }

    private static Task NoteAsync(WorkspaceTransaction transaction, IReadOnlyList<MediaLine> batch)
    {
        transaction.Queue(new Statement(Note).Uuid(transaction.ClientId).Uuids([.. batch.Select(line => line.Id)]));
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<(MediaLine Line, Place Place)>> MissingAsync(ImportedWorkspace workspace, IReadOnlyList<MediaLine> batch, CancellationToken cancellationToken)
    {
        MediaLine[] told = [.. batch.Where(line => (line.IsHere || line.State is MediaRecord.Expired or MediaRecord.Refused) && !workspace.Data.Unseen.Contains(line.MessageId))];
        HashSet<Guid> standing = [.. await database.RowsAsync(
            workspace.ClientId, new Statement(Files).Uuid(workspace.ClientId).Uuids([.. told.Select(line => line.Id)]), reader => reader.GetGuid(0), cancellationToken)];
        MediaLine[] missing = [.. told.Where(line => !standing.Contains(line.Id))];
        Dictionary<Guid, Place> places = (await database.RowsAsync(
            workspace.ClientId,
            new Statement(Messages).Uuid(workspace.ClientId).Uuids([.. missing.Select(line => line.MessageId)]),
            reader => new Place(reader.GetGuid(0), reader.GetGuid(1), reader.GetBoolean(2)),
            cancellationToken)).ToDictionary(place => place.MessageId);
        return [.. missing.Select(line => (line, places[line.MessageId]))];
    }

    private async Task KeepAsync(ImportedWorkspace workspace, LineBatch<MediaLine> batch, MediaLine line, Place place, CancellationToken cancellationToken)
    {
        if (!line.IsHere)
        {
            await WriteAsync(workspace, batch, line, place, written: null);
            return;
        }

        KeyMaterial key = custodian.Get(place.KeyId);
        await using StagedMedia staged = await store.StageAsync(cancellationToken);
        using MediaWriter writer = new(staged.Content, key, workspace.ClientId, line.Id);
        MediaType type = await CopyAsync(workspace, line, writer, cancellationToken);
        SealedMedia written = await writer.FinishAsync(cancellationToken);
        if (Convert.ToHexStringLower(written.PlaintextHash) != line.Hash || written.Bytes != line.Length)
        {
            throw new RefusalException($"media/{line.Hash} is not what {DataFiles.Media.Path} tells of file {line.Id}. '{workspace.Handle}' stays as far as it came.");
        }

        await staged.KeepAsync(written.CiphertextHash, cancellationToken);
        bool isKept;
        try
        {
            isKept = await WriteAsync(workspace, batch, line, place, (written, type));
        }
        catch (RefusalException)
        {
            await store.RemoveAsync(written.CiphertextHash, CancellationToken.None); // nothing was written
            throw;
        }

        if (!isKept)
        {
            await store.RemoveAsync(written.CiphertextHash, CancellationToken.None); // another run was quicker, under another salt
        }
    }

    /// <returns>What the file is.</returns>
    private static async Task<MediaType> CopyAsync(ImportedWorkspace workspace, MediaLine line, MediaWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream content = new(workspace.Archive.PathOf($"media/{line.Hash}"), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            byte[] buffer = new byte[MediaFormat.ChunkBytes];
            int read = await content.ReadAtLeastAsync(buffer, MediaType.HeadBytes, throwOnEndOfStream: false, cancellationToken);
            MediaType type = TypeOf(buffer.AsSpan(0, Math.Min(read, MediaType.HeadBytes)), line.Type!);
            for (; read > 0; read = await content.ReadAsync(buffer, cancellationToken))
            {
                await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return type;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                $"media/{line.Hash} cannot be read, or what is made of it not be kept: {DataFiles.Media.Path} says that it is here. '{workspace.Handle}' stays as far as it came.");
        }
    }

    /// <summary>What its first bytes say; where they say nothing, what the archive says, as far as that is never shown.</summary>
    private static MediaType TypeOf(ReadOnlySpan<byte> head, string told) =>
        MediaType.Of(head) is var type && type != MediaType.Other ? type
        : MediaType.Named(told) is { Shown: false } own ? own
        : MediaType.Other;

    /// <returns>Whether it was not there yet.</returns>
    private async Task<bool> WriteAsync(
        ImportedWorkspace workspace, LineBatch<MediaLine> batch, MediaLine line, Place place, (SealedMedia File, MediaType Type)? written)
    {
        try
        {
            return await database.TransactAsync(
                workspace.ClientId,
                async transaction =>
                {
                    await LineBatches.HoldAsync(transaction, workspace);
                    return await AddAsync(transaction, line, place, written);
                },
                CancellationToken.None);
        }
        catch (PostgresException exception) when (LineBatches.IsContradiction(exception))
        {
            throw LineBatches.Contradiction(workspace, DataFiles.Media, batch.First, batch.Last);
        }
    }

    private async Task<bool> AddAsync(WorkspaceTransaction transaction, MediaLine line, Place place, (SealedMedia File, MediaType Type)? written)
    {
        Guid clientId = transaction.ClientId;
        DateTimeOffset now = clock.GetMicrosecondNow();
        KeyMaterial key = custodian.Get(place.KeyId);
        MediaRecord record = new()
        {
            Id = line.Id,
            MessageId = line.MessageId,
            NumberId = null,
            KeyId = place.KeyId,
            ToldAt = line.ToldAt,
            State = line.State,
            Reason = line.Reason,
            SettledAt = line.SettledAt!.Value,
            Type = written?.Type.Name,
            Length = written?.File.Bytes,
            HashWasTold = written is null ? null : false,
            FileHash = written?.File.CiphertextHash,
        };
        byte[]? hash = written?.File.PlaintextHash;
        byte[]? hashSealed = hash is null ? null : SealedValue.Seal(key, new SealContext(clientId, line.Id, MediaRecord.HashColumn), hash);
        bool isNew = await transaction.RowAsync(
            new Statement(Insert)
                .Uuid(clientId).Uuid(line.Id).Uuid(line.MessageId).Uuid(place.KeyId).Time(now).Time(record.ToldAt).Text(record.State).Text(record.Reason).Time(record.SettledAt)
                .Text(record.Type).Long(record.Length).Flag(record.HashWasTold).Bytes(record.FileHash).Bytes(hashSealed).Flag(place.IsImported),
            reader => reader.GetBoolean(0));
        if (!isNew)
        {
            return false;
        }

        AuditTrail.Record(transaction, record.Event(Actor.Operator, key, hash, hashSealed) with { At = now });
        if (written is { Type.Shown: true })
        {
            Jobs.EnqueueBulk(transaction, LookAtMedia.LookJob, line.Id, now);
        }

        return true;
    }

    /// <param name="MessageId">The message.</param>
    /// <param name="KeyId">The data key of its identifier and month.</param>
    /// <param name="IsImported">Whether an import brought it, and its file.</param>
    private sealed record Place(Guid MessageId, Guid KeyId, bool IsImported);
}
