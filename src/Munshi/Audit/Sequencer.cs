using Munshi.Database;
using Munshi.Database.Manifest;

namespace Munshi.Audit;

/// <summary>Gives every committed event its place in its workspace's log, once and without gaps.</summary>
/// <remarks>
/// Any number of processes may try; one at a time holds the lock. The order is not that of occurrence: the leaf's time tells
/// that. Not safe for concurrent use.
/// </remarks>
internal sealed partial class Sequencer(
    Databases databases, DatabaseGate gate, LedgerHeads heads, HeadsFile file, ILogger<Sequencer> logger) : IAsyncDisposable
{
    private SequencerSession? _session;

    /// <summary>Whether this process holds the lock.</summary>
    public bool IsLeading => _session is not null;

    /// <summary>
    /// Chains one batch of events: how many. 0 where there are none, another process does it, or the database's gate is closed.
    /// </summary>
    /// <exception cref="Npgsql.NpgsqlException">
    /// The database could not be reached, or refused. Nothing is lost: the next call starts from what is committed.
    /// </exception>
    public async Task<int> DrainOnceAsync(CancellationToken cancellationToken)
    {
        if (!gate.IsOpen)
        {
            return 0;
        }

        try
        {
            _session ??= await TakeLeadAsync(cancellationToken);
            if (_session is null || await _session.ChainAsync(cancellationToken) is not { } chained)
            {
                return 0;
            }

            Publish(chained.Heads);
            return chained.Count;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives up the lock; another process may take it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    private async Task<SequencerSession?> TakeLeadAsync(CancellationToken cancellationToken)
    {
        SequencerSession? session = await SequencerSession.TryOpenAsync(databases.Audit, cancellationToken);
        if (session is not null)
        {
            Log.Leads(logger, session.Heads.Count);
            try
            {
                Begin(session.Heads.Count);
            }
            catch
            {
                await session.DisposeAsync();
                throw;
            }

            Publish(session.Heads); // also what a process that died had committed and not recorded
        }

        return session;
    }

    private void Begin(int logs)
    {
        if (!file.IsBlank)
        {
            return;
        }

        if (logs == 0)
        {
            file.Begin();
            return;
        }

        heads.AfterLoss = true;
        Log.HeadsLost(logger, logs);
    }

    private void Publish(IReadOnlyDictionary<Guid, LogHead> changed)
    {
        foreach ((Guid log, LogHead head) in changed)
        {
            heads.Publish(log, head);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1004, LogLevel.Error, "checkpoints/heads.log is missing or empty, and {LogCount} logs have rows: restore it from a copy; until then rows that were cut off are not found")]
        public static partial void HeadsLost(ILogger logger, int logCount);

        [LoggerMessage(1001, LogLevel.Information, "This process chains the ledger; {LogCount} logs have rows")]
        public static partial void Leads(ILogger logger, int logCount);
    }
}
