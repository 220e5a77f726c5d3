using Npgsql;

namespace Munshi.Bench;

/// <summary>How far a workspace's log has come, asked again and again on one connection.</summary>
internal sealed class Ledgers : IAsyncDisposable
{
    private readonly NpgsqlConnection _admin;
    private readonly NpgsqlCommand _last;
    private readonly NpgsqlCommand _events;
    private readonly NpgsqlCommand _signed;

    private Ledgers(NpgsqlConnection admin, Guid clientId)
    {
        _admin = admin;
        _last = new NpgsqlCommand("SELECT coalesce(max(seq), -1) FROM ledger.entry WHERE client_id = $1", admin) { Parameters = { new() { Value = clientId } } };
        _events = new NpgsqlCommand("SELECT count(*) - 1 FROM audit.event WHERE client_id = $1", admin) { Parameters = { new() { Value = clientId } } };
        _signed = new NpgsqlCommand("SELECT coalesce(max(size), 0) FROM ledger.checkpoint WHERE client_id = $1", admin) { Parameters = { new() { Value = clientId } } };
    }

    public static Task<Ledgers> OpenAsync(RunningMunshi munshi, CancellationToken cancellationToken) => OpenAsync(munshi, munshi.ClientId, cancellationToken);

    public static async Task<Ledgers> OpenAsync(RunningMunshi munshi, Guid clientId, CancellationToken cancellationToken)
    {
        Ledgers ledgers = new(await munshi.AdminAsync("munshi", cancellationToken), clientId);
        await ledgers._last.PrepareAsync(cancellationToken);
        return ledgers;
    }

    /// <summary>The number of the log's last entry.</summary>
    public async Task<long> LastAsync(CancellationToken cancellationToken) => (long)(await _last.ExecuteScalarAsync(cancellationToken))!;

    /// <summary>The number that the last entry will have once every event is chained.</summary>
    public async Task<long> TargetAsync(CancellationToken cancellationToken) => (long)(await _events.ExecuteScalarAsync(cancellationToken))!;

    /// <summary>Waits until every event has its entry.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        long target = await TargetAsync(cancellationToken);
        while (await LastAsync(cancellationToken) < target)
        {
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Waits until every event has its entry and a signed checkpoint covers it; the log's size.</summary>
    public async Task<long> SignedAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        long size = await LastAsync(cancellationToken) + 1;
        while ((long)(await _signed.ExecuteScalarAsync(cancellationToken))! < size)
        {
            await Task.Delay(50, cancellationToken);
        }

        return size;
    }

    public async ValueTask DisposeAsync()
    {
        await _last.DisposeAsync();
        await _events.DisposeAsync();
        await _signed.DisposeAsync();
        await _admin.DisposeAsync();
    }
}
