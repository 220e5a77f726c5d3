using Munshi.Audit;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;
using Munshi.Search.Index;

namespace Munshi.Search.Feeding;

/// <summary>Feeds the indexes of all workspaces, in turns, from one worker. Of several processes on one data directory one feeds, all search.</summary>
internal sealed partial class FeedService : BackgroundService
{
    /// <summary>After something changed: a page's messages come within some hundred milliseconds, and the log is a moment behind them.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    /// <summary>What no signal tells of is seen then.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    private readonly IndexFeeder _feeder;
    private readonly LedgerTrail _trail;
    private readonly IndexFolder _folder;
    private readonly DatabaseGate _gate;
    private readonly Precedence _precedence;
    private readonly SearchProgress _progress;
    private readonly TimeProvider _clock;
    private readonly ILogger<FeedService> _logger;
    private readonly Wakeups _wakeups;
    private readonly Bell _bell = new();
    private readonly HashSet<Guid> _failing = [];
    private FileLock? _alone;

    public FeedService(
        IndexFeeder feeder, LedgerTrail trail, IndexFolder folder, DatabaseGate gate, Precedence precedence, SearchProgress progress, Wakeups wakeups, TimeProvider clock, ILogger<FeedService> logger)
    {
        (_feeder, _trail, _folder, _gate, _precedence, _progress, _clock, _logger, _wakeups) = (feeder, trail, folder, gate, precedence, progress, clock, logger, wakeups);
        wakeups.ConversationChanged += OnConversationChanged;
    }

    public override void Dispose()
    {
        _wakeups.ConversationChanged -= OnConversationChanged;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        bool quiet = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Task rung = _bell.NextAsync();
                bool idle = !_gate.IsOpen || await FeedAsync(stoppingToken) == 0;
                if (idle && quiet)
                {
                    await Task.WhenAny(rung, Task.Delay(Later, _clock, stoppingToken));
                    idle = false; // what rang may not be in the log yet
                }

                quiet = idle;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                Log.Failed(_logger, failure.GetType().Name);
                await Task.Delay(Later, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await Task.Delay(Soon, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _feeder.Close();
        _alone?.Dispose();
    }

    /// <summary>One pass: each workspace that is behind has its turn until none is. Returns how many were.</summary>
    private async Task<int> FeedAsync(CancellationToken cancellationToken)
    {
        _alone ??= FileLock.TryExclusive(_folder.WriterLock);
        _progress.IsFedHere = _alone is not null;
        if (_alone is null)
        {
            return 0;
        }

        int fed = 0;
        IReadOnlyDictionary<Guid, FollowedEntry> heads = await _trail.HeadsAsync(cancellationToken);
        List<Guid> behind = [.. heads.Keys];
        while (behind.Count > 0)
        {
            List<Guid> still = [];
            foreach (Guid clientId in behind)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_precedence.IsTaken)
                {
                    await Task.Delay(Precedence.Pause, _clock, cancellationToken);
                }

                if (await StepAsync(clientId, heads[clientId], cancellationToken))
                {
                    still.Add(clientId);
                    fed++;
                }
            }

            _progress.Behind = still.Count;
            behind = still;
            heads = behind.Count == 0 ? heads : await _trail.HeadsAsync(cancellationToken);
        }

        return fed;
    }

    /// <summary>One workspace's trouble is not the others': it has its turn again with the next pass.</summary>
    private async Task<bool> StepAsync(Guid clientId, FollowedEntry head, CancellationToken cancellationToken)
    {
        try
        {
            bool more = await _feeder.StepAsync(clientId, head, cancellationToken);
            _failing.Remove(clientId);
            return more;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception failure)
        {
            if (_failing.Add(clientId))
            {
                Log.WorkspaceFailed(_logger, clientId, failure.GetType().Name);
            }

            return false;
        }
    }

    private void OnConversationChanged(Guid clientId, Guid conversationId) => _bell.Ring();

    private static partial class Log
    {
        [LoggerMessage(21012, LogLevel.Error, "The search index of workspace {ClientId} could not be fed, and is tried again: {Failure}")]
        public static partial void WorkspaceFailed(ILogger logger, Guid clientId, string failure);

        [LoggerMessage(21011, LogLevel.Error, "The search indexes could not be fed, and are in some seconds: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
