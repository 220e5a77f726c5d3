using System.Security.Cryptography;
using Munshi.Audit.Export;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Media;
using Munshi.Media.Files;
using Munshi.Media.Serving;
using Munshi.Vault;
using Npgsql;

namespace Munshi.Archives.Data;

/// <summary>Files of messages: <c>media/{sha256}</c> holds the bytes as their sender made them, once for however many messages they came with.</summary>
internal sealed class FileData(DataPages pages, WordOpener opener, KeptFiles files, DeletedWords deleted)
{
    private const string Files =
        """
        SELECT f.id, f.message_id, f.state, f.reason, f.told_at, f.settled_at, f.type, f.length, f.key_id, f.hash_sealed,
            NOT EXISTS (SELECT FROM vault.shown_media s WHERE s.client_id = $1 AND s.id = f.id)
        FROM vault.media f WHERE f.client_id = $1 AND f.id > $2 ORDER BY f.id LIMIT $3
        """;

    public async Task WriteAsync(ArchiveRun run, CancellationToken cancellationToken)
    {
        using JsonLines lines = new(run.Folder, "media");
        await foreach (IReadOnlyList<Row> rows in pages.OfAsync(run.ClientId, Files, reader => Read(run.ClientId, reader), row => row.Id, cancellationToken))
        {
            IReadOnlyDictionary<Guid, DateTimeOffset> gone = await deleted.MessagesAsync(run.ClientId, [.. rows.Select(row => row.MessageId)], cancellationToken);
            foreach (Row row in rows)
            {
                bool isDeleted = gone.ContainsKey(row.MessageId);
                bool isKept = row is { State: MediaRecord.Stored, Hash: not null, IsWithdrawn: false } && !isDeleted;
                (bool isThere, string? name) = isKept ? await CopyAsync(run, row, cancellationToken) : default;
                if (isKept && !isThere)
                {
                    run.LostFiles.Add(row.Id);
                }

                lines.Write(Line(row, name, isThere, isDeleted));
                run.Progress.Tell($"media: {lines.Count} files ...");
            }
        }

        run.Lines.Add("media", lines.Count);
    }

    /// <summary>Nothing is left of one that does not turn out to be what was received.</summary>
    private async Task<(bool IsThere, string? Name)> CopyAsync(ArchiveRun run, Row row, CancellationToken cancellationToken)
    {
        string path = $"media/{row.Hash}";
        try
        {
            if (await files.OpenAsync(run.ClientId, row.Id, cancellationToken) is not (var reader, var name))
            {
                return default;
            }

            await using MediaReader content = reader;
            if (!run.Folder.Has(path) && await WriteAsync(run.Folder, path, content, cancellationToken) != row.Hash)
            {
                run.Folder.Delete(path);
                return default;
            }

            return (true, name);
        }
        catch (Exception damaged) when (damaged is MediaDamagedException or EndOfStreamException)
        {
            run.Folder.Delete(path);
            return default;
        }
    }

    private static async Task<string> WriteAsync(ExportFolder folder, string path, MediaReader content, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = folder.Open(path);
        byte[] buffer = new byte[MediaFormat.ChunkBytes];
        for (int read = await content.ReadAsync(buffer, cancellationToken); read > 0; read = await content.ReadAsync(buffer, cancellationToken))
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private Row Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        (byte[]? hash, WordsLoss loss) = opener.OpenBytes(reader.GetGuid(8), new SealContext(clientId, id, MediaRecord.HashColumn), reader.OrNull<byte[]>(9));
        return new Row
        {
            Id = id,
            MessageId = reader.GetGuid(1),
            State = reader.GetString(2),
            Reason = reader.OrNull<string>(3),
            ToldAt = reader.GetFieldValue<DateTimeOffset>(4),
            SettledAt = reader.ValueOrNull<DateTimeOffset>(5),
            Type = reader.OrNull<string>(6),
            Length = reader.ValueOrNull<long>(7),
            Hash = hash is null ? null : Convert.ToHexStringLower(hash),
            Loss = loss,
            IsWithdrawn = reader.GetBoolean(10),
        };
    }

    private static DataLine Line(Row row, string? name, bool isThere, bool isDeleted) => new(row.Id, json =>
    {
        json.Id("id", row.Id);
        json.Id("message", row.MessageId);
        json.WriteString("state", row.State);
        json.WriteString("reason", row.Reason);
        json.Time("toldAt", row.ToldAt);
        json.Time("settledAt", row.SettledAt);
        json.WriteString("type", row.Type);
        json.Number("length", row.Length);
        json.WriteString("sha256", isDeleted ? null : row.Hash);
        json.WriteString("name", name);
        json.WriteBoolean("here", isThere);
        if (isDeleted)
        {
            json.WriteBoolean("deleted", true);
        }

        if (row.IsWithdrawn)
        {
            json.WriteBoolean("withdrawn", true);
        }

        json.Loss(row.Loss);
    });

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid MessageId { get; init; }

        public required string State { get; init; }

        public required string? Reason { get; init; }

        public required DateTimeOffset ToldAt { get; init; }

        public required DateTimeOffset? SettledAt { get; init; }

        public required string? Type { get; init; }

        public required long? Length { get; init; }

        /// <summary>64 hexadecimal digits.</summary>
        public required string? Hash { get; init; }

        public required WordsLoss Loss { get; init; }

        /// <summary>Whether the imports that brought it were taken back.</summary>
        public required bool IsWithdrawn { get; init; }

        public override string ToString() => $"{nameof(Row)} {Id}";
    }
}
