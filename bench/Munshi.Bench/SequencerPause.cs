using Munshi.Audit;
using Npgsql;

namespace Munshi.Bench;

/// <summary>Holds the sequencer's lock, so that the running server chains nothing until this is disposed.</summary>
internal sealed class SequencerPause : IAsyncDisposable
{
    private readonly NpgsqlConnection _session;

    private SequencerPause(NpgsqlConnection session) => _session = session;

    public static async Task<SequencerPause> BeginAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        NpgsqlConnection session = await munshi.AdminAsync("munshi", cancellationToken);
        try
        {
            await using NpgsqlCommand take = new("SELECT pg_advisory_lock($1)", session) { Parameters = { new() { Value = SequencerSession.AdvisoryLock } } };
            Task taken = take.ExecuteNonQueryAsync(cancellationToken);
            await using NpgsqlConnection other = await munshi.AdminAsync("munshi", cancellationToken);
            await using NpgsqlCommand end = new(
                """
                SELECT pg_terminate_backend(holder.pid)
                FROM pg_locks holder JOIN pg_locks waiting USING (locktype, database, classid, objid, objsubid)
                WHERE holder.locktype = 'advisory' AND holder.granted AND NOT waiting.granted AND waiting.pid = $1
                """,
                other)
            { Parameters = { new() { Value = session.ProcessID } } };
            while (!taken.IsCompleted)
            {
                await end.ExecuteNonQueryAsync(cancellationToken); // the server's session, once this one is next in line
                await Task.WhenAny(taken, Task.Delay(50, cancellationToken));
            }

            await taken;
            return new SequencerPause(session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
