using Munshi.Database;
using Munshi.Media.Files;

namespace Munshi.Media.Fetching;

/// <summary>Once an hour, removes files older than a day that no row names: what a kill left between keeping a file and writing its row.</summary>
internal sealed partial class MediaSweep(Databases databases, IMediaStore store, TimeProvider clock, ILogger<MediaSweep> logger) : BackgroundService
{
    private const string Named =
        """
        SELECT file_hash FROM vault.media WHERE file_hash = ANY ($1)
        UNION ALL
        SELECT file_hash FROM vault.import_job WHERE file_hash = ANY ($1)
        """;

    private static readonly TimeSpan Age = TimeSpan.FromDays(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Returns how many were removed.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        int removed = 0;
        await foreach (IReadOnlyList<byte[]> old in store.OlderThanAsync(clock.GetUtcNow() - Age, cancellationToken))
        {
            if (old.Count == 0)
            {
                continue;
            }

            IReadOnlyList<byte[]> named = await databases.Reader.RowsAsync(
                new Statement(Named).BytesArray([.. old]), reader => reader.GetFieldValue<byte[]>(0), cancellationToken);
            HashSet<string> kept = [.. named.Select(Convert.ToHexString)];
            foreach (byte[] orphan in old.Where(hash => !kept.Contains(Convert.ToHexString(hash))))
            {
                await store.RemoveAsync(orphan, cancellationToken);
                removed++;
            }
        }

        if (removed > 0)
        {
            Log.Removed(logger, removed);
        }

        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    await SweepAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or IOException or OperationCanceledException)
            {
                Log.Failed(logger, exception.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7104, LogLevel.Information, "Removed {Count} files that no row names")]
        public static partial void Removed(ILogger logger, int count);

        [LoggerMessage(7105, LogLevel.Warning, "Files that no row names could not be looked for: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
