using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media.Files;

namespace Munshi.Media.Looking;

/// <summary>Makes a small picture of a picture or film, and a waveform of a sound, once a file. What comes of it is for the page alone; without it the file is shown as it is.</summary>
internal sealed class LookAtMedia(WorkspaceDatabase database, KeyCustodian custodian, IMediaStore store, MediaTools tools, FfmpegRun ffmpeg, TimeProvider clock) : IJobHandler, IDisposable
{
    /// <summary>The kind of the job; its subject is the row.</summary>
    public const string LookJob = "file.look";

    /// <summary>256 KiB; a picture of 480 points has a tenth of that.</summary>
    private const int MaxPreviewBytes = 256 * 1024;

    private const string Select =
        """
        SELECT d.type, d.file_hash, d.key_id, m.conversation_id
        FROM vault.media d JOIN vault.message m ON m.client_id = d.client_id AND m.id = d.message_id
        WHERE d.client_id = $1 AND d.id = $2 AND d.state = 'stored' AND d.looked_at IS NULL
        """;

    private static readonly string[] SmallPicture = ["-frames:v", "1", "-an", "-vf", "scale=w='min(480,iw)':h=-2", "-c:v", "mjpeg", "-q:v", "5", "-f", "image2pipe"];
    private static readonly string[] Samples = ["-vn", "-ac", "1", "-ar", "8000", "-c:a", "pcm_s16le", "-f", "s16le"];
    private static readonly TimeSpan NoPlace = TimeSpan.FromSeconds(2);

    /// <summary>One at a time, so that looking takes at most half of two cores.</summary>
    private readonly SemaphoreSlim _place = new(1);

    public string Kind => LookJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        if (!_place.Wait(0, CancellationToken.None))
        {
            await EndAsync(lease, transaction => Jobs.Wait(transaction, lease, clock.GetUtcNow() + NoPlace), cancellationToken);
            return;
        }

        try
        {
            await LookAsync(lease, cancellationToken);
        }
        finally
        {
            _place.Release();
        }
    }

    /// <summary>It is shown without.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

    public void Dispose() => _place.Dispose();

    private async Task LookAsync(JobLease lease, CancellationToken cancellationToken)
    {
        (Guid id, Looked? file) = await database.TransactAsync(lease.ClientId, async transaction => await Jobs.SubjectAsync(transaction, lease) is { } subject
            ? (subject, await transaction.RowAsync<Looked>(
                new Statement(Select).Uuid(lease.ClientId).Uuid(subject),
                reader => new Looked(MediaType.Named(reader.GetString(0)), reader.GetFieldValue<byte[]>(1), reader.GetGuid(2), reader.GetGuid(3))))
            : default, cancellationToken);
        if (file is null || tools.Command.Count == 0 || custodian.Find(file.KeyId) is not { } key)
        {
            await EndAsync(lease, transaction => Jobs.Complete(transaction, lease), cancellationToken);
            return;
        }

        byte[]? preview = HasPreview(file.Type) ? await PreviewAsync(lease.ClientId, id, file, key, cancellationToken) : null;
        Waveform? sound = file.Type.IsAudio ? await SoundAsync(lease.ClientId, id, file, key, cancellationToken) : null;
        await EndAsync(lease, transaction => Write(transaction, lease, id, file, key, preview, sound), cancellationToken);
    }

    /// <summary>Not of what may move or be seen through: stickers and the like, which are small themselves.</summary>
    private static bool HasPreview(MediaType type) => type == MediaType.Jpeg || type == MediaType.Png || type.IsVideo;

    private void Write(WorkspaceTransaction transaction, JobLease lease, Guid id, Looked file, KeyMaterial key, byte[]? preview, Waveform? sound)
    {
        byte[]? previewSealed = preview is null ? null : SealedValue.Seal(key, new SealContext(lease.ClientId, id, MediaRecord.PreviewColumn), preview);
        byte[]? levelsSealed = sound is null ? null : SealedValue.Seal(key, new SealContext(lease.ClientId, id, MediaRecord.LevelsColumn), sound.Levels());
        transaction.Queue(new Statement(
            "UPDATE vault.media SET looked_at = $3, preview_sealed = $4, levels_sealed = $5, duration_ms = $6 WHERE client_id = $1 AND id = $2 AND looked_at IS NULL")
            .Uuid(lease.ClientId).Uuid(id).Time(clock.GetUtcNow()).Bytes(previewSealed).Bytes(levelsSealed).Int(sound is null ? null : (int)sound.Duration.TotalMilliseconds));
        Jobs.Complete(transaction, lease);
        Signals.Conversation(transaction, file.ConversationId);
    }

    private Task<bool> EndAsync(JobLease lease, Action<WorkspaceTransaction> write, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is null)
            {
                return false;
            }

            write(transaction);
            return true;
        }, cancellationToken);

    private async Task<byte[]?> PreviewAsync(Guid clientId, Guid id, Looked file, KeyMaterial key, CancellationToken cancellationToken)
    {
        using MemoryStream preview = new();
        bool made = await RunAsync(clientId, id, file, key, SmallPicture, part => Keep(preview, part), cancellationToken);
        return made && preview.Length > 0 && MediaType.Of(preview.GetBuffer().AsSpan(0, (int)preview.Length)) == MediaType.Jpeg ? preview.ToArray() : null;
    }

    private async Task<Waveform?> SoundAsync(Guid clientId, Guid id, Looked file, KeyMaterial key, CancellationToken cancellationToken)
    {
        Waveform sound = new();
        bool made = await RunAsync(clientId, id, file, key, Samples, part => sound.Add(part.Span), cancellationToken);
        return made && sound.Duration > TimeSpan.Zero ? sound : null;
    }

    /// <summary>Returns false also where the stored file is damaged: whoever opens it is told so, and looking again would not mend it.</summary>
    private async Task<bool> RunAsync(
        Guid clientId, Guid id, Looked file, KeyMaterial key, string[] output, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        if (await store.OpenAsync(file.FileHash, cancellationToken) is not { } stored)
        {
            return false;
        }

        try
        {
            await using MediaReader content = await MediaReader.OpenAsync(stored, key, clientId, id, cancellationToken);
            return await ffmpeg.RunAsync(file.Type, content, output, async (made, token) =>
            {
                byte[] buffer = new byte[64 * 1024];
                for (int read = await made.ReadAsync(buffer, token); read > 0; read = await made.ReadAsync(buffer, token))
                {
                    take(buffer.AsMemory(0, read));
                }
            }, cancellationToken);
        }
        catch (MediaDamagedException)
        {
            return false;
        }
    }

    private static void Keep(MemoryStream preview, ReadOnlyMemory<byte> part)
    {
        if (preview.Length + part.Length > MaxPreviewBytes)
        {
            throw new InvalidDataException("The small picture is none.");
        }

        preview.Write(part.Span);
    }

    /// <param name="Type">By its first bytes.</param>
    /// <param name="FileHash">Names the file.</param>
    /// <param name="KeyId">Its data key.</param>
    /// <param name="ConversationId">Where it is shown.</param>
    private sealed record Looked(MediaType Type, byte[] FileHash, Guid KeyId, Guid ConversationId);
}
