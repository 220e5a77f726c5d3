using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Npgsql;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>The ledger of an installation whose server is another process, seen past it.</summary>
internal sealed class SignedByServer(Databases databases, DataDirectory data, DatabaseAddress address)
{
    private const string IsSettled =
        """
        SELECT (SELECT count(*) FROM audit.event) = (SELECT count(*) FROM ledger.entry)
            AND (SELECT count(*) FROM ledger.entry) = (SELECT coalesce(max(size), 0) FROM ledger.checkpoint)
            AND (SELECT count(*) FROM ledger.tick) = (SELECT coalesce(max(size), 0) FROM ledger.instance_checkpoint)
        """;

    private const string Act =
        """
        INSERT INTO audit.event (client_id, at, actor, action, object)
        SELECT client_id, now(), 'program:intake', 'message.read', 'message:' || gen_random_uuid() FROM workspace.workspace
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly InstanceCheckpointFile _file = new(new HeadsLocation(data.Checkpoints));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An act whose event waits for its entry.</summary>
    public async Task ActAsync()
    {
        await using NpgsqlConnection connection = await new AdminDatabase(address).OpenAsync(address.Database, Cancellation);
        await using NpgsqlCommand command = new(Act, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Acts until the instance log has that many ticks and everything is signed, or the server was killed.</summary>
    /// <returns>Whether it lives.</returns>
    public async Task<bool> SettleAsync(int ticks, Task killed)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!killed.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, "neither killed nor settled within a minute");
            if (await ScalarAsync<bool>(IsSettled))
            {
                if (await ScalarAsync<long>("SELECT count(*) FROM ledger.tick") >= ticks)
                {
                    return true;
                }

                await ActAsync();
            }

            await Task.WhenAny(killed, Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation));
        }

        return false;
    }

    /// <summary>Fails where the ledger is not as it was written, or the next server would close its gate. What waits for the next process is no fault.</summary>
    public async Task AssertAsItWasAsync()
    {
        Assert.Null(await new SignedPast(databases, _file, new CheckpointState()).RefusalAsync(Cancellation));
        Assert.DoesNotContain((await VerifyAsync()).Findings, finding => finding.Kind is not (FindingKind.NotChained or FindingKind.HeadUnrecorded));
    }

    /// <summary>Fails where an event has no entry, or more than one, or anything is found.</summary>
    public async Task AssertCompleteAsync()
    {
        Assert.True(await ScalarAsync<bool>(IsSettled));
        Assert.Equal(
            await ScalarAsync<long>("SELECT count(*) FROM audit.event"), await ScalarAsync<long>("SELECT count(DISTINCT event_id) FROM ledger.entry"));
        Assert.Empty((await VerifyAsync()).Findings);
    }

    private Task<LedgerReport> VerifyAsync() =>
        new LedgerVerifier(databases, new HeadsFile(new HeadsLocation(data.Checkpoints)), _file, data, [], TimeProvider.System).VerifyAsync(null, Cancellation);

    private async Task<T> ScalarAsync<T>(string text)
    {
        await using NpgsqlConnection connection = await new AdminDatabase(address).OpenAsync(address.Database, Cancellation);
#pragma warning disable CA2100 // the tests' own text
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation));
        return await reader.GetFieldValueAsync<T>(0, Cancellation);
    }
}
