using System.Collections.Concurrent;
using Munshi.Database;

namespace Munshi.Audit.Verifying;

/// <summary>As many <see cref="RangeSession"/>s as there may be at once, each opened when it is first wanted. Safe for concurrent use.</summary>
/// <param name="database">Of <c>munshi_reader</c>.</param>
/// <param name="count">At least 1.</param>
internal sealed class RangeSessions(InstallationDatabase database, int count) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(count);
    private readonly ConcurrentBag<RangeSession> _idle = [];

    public int Count => count;

    /// <summary>Runs work that keeps a core busy on a session, once one is free.</summary>
    public async Task<T> WithAsync<T>(Func<RangeSession, T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            if (!_idle.TryTake(out RangeSession? session))
            {
                session = await RangeSession.OpenAsync(database, cancellationToken);
            }

            try
            {
                T done = await Task.Run(() => work(session), cancellationToken);
                _idle.Add(session);
                return done;
            }
            catch
            {
                await session.DisposeAsync();
                throw;
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RangeSession session in _idle)
        {
            await session.DisposeAsync();
        }

        _free.Dispose();
    }
}
