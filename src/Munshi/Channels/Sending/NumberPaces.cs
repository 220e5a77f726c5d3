using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Munshi.Database;

namespace Munshi.Channels.Sending;

/// <summary>When a number may send its next message, so that Meta need not refuse any.</summary>
/// <remarks>
/// Every process takes slots from the database in blocks of a tenth of a second: one round trip for about eight messages at 80 a second, and all
/// processes together keep the pace. Safe for concurrent use.
/// </remarks>
internal sealed class NumberPaces(WorkspaceDatabase database, IOptions<ChannelOptions> options, TimeProvider clock)
{
    /// <summary>A slot that is so late, or later than the distance of two, has passed.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(50);

    /// <summary>What is in bulk takes a slot that is no further away, so that a reply comes in between.</summary>
    private static readonly TimeSpan NearEnough = TimeSpan.FromMilliseconds(15);

    private const string Insert =
        """
        INSERT INTO channel.number_pace (client_id, number_id, per_second, next_at) VALUES ($1, $2, $3, clock_timestamp())
        ON CONFLICT (client_id, number_id) DO NOTHING
        """;

    private const string TellPace =
        """
        INSERT INTO channel.number_pace (client_id, number_id, per_second, next_at) VALUES ($1, $2, $3, clock_timestamp())
        ON CONFLICT (client_id, number_id) DO UPDATE SET per_second = excluded.per_second
        """;

    private static readonly string TakeSlots = Sql.Read("Channels/Sending/take_slots.sql");
    private static readonly string LowerPace = Sql.Read("Channels/Sending/lower_pace.sql");

    private readonly ConcurrentDictionary<Guid, Turns> _turns = [];

    /// <summary>The blocks that were taken from the database.</summary>
    public long BlocksTaken => _turns.Values.Sum(turns => turns.Taken);

    /// <summary>Takes the next slot if it is near.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="numberId">The number.</param>
    /// <param name="horizon">No slot further away is taken.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>How long until it is the message's turn; more than <paramref name="horizon"/> where no slot was taken.</returns>
    public async Task<TimeSpan> TakeAsync(Guid clientId, Guid numberId, TimeSpan horizon, CancellationToken cancellationToken)
    {
        Turns turns = _turns.GetOrAdd(numberId, _ => new Turns());
        await turns.Gate.WaitAsync(cancellationToken);
        try
        {
            while (turns.Left > 0 && turns.Next - Now() < -(turns.Between > Lateness ? turns.Between : Lateness))
            {
                turns.Pass();
            }

            if (turns.Left == 0)
            {
                await FillAsync(turns, clientId, numberId, cancellationToken);
            }

            TimeSpan wait = turns.Next - Now();
            if (wait <= horizon)
            {
                turns.Pass();
            }

            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
        finally
        {
            turns.Gate.Release();
        }
    }

    /// <summary>Waits until a slot is there for what is in bulk; what is not goes first meanwhile.</summary>
    /// <returns>False when it has not come to it after <paramref name="patience"/>.</returns>
    public async Task<bool> WaitAsync(Guid clientId, Guid numberId, TimeSpan patience, CancellationToken cancellationToken)
    {
        Turns turns = _turns.GetOrAdd(numberId, _ => new Turns());
        TimeSpan until = Now() + patience;
        if (!await turns.Bulk.WaitAsync(patience, cancellationToken))
        {
            return false;
        }

        try
        {
            while (Now() < until)
            {
                TimeSpan wait = await TakeAsync(clientId, numberId, NearEnough, cancellationToken);
                if (wait <= NearEnough)
                {
                    return true;
                }

                TimeSpan left = until - Now();
                await Task.Delay(wait < left ? wait : left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellationToken);
            }

            return false;
        }
        finally
        {
            turns.Bulk.Release();
        }
    }

    /// <summary>Meta refused a message for the number's pace: it goes on slower, and recovers by itself.</summary>
    /// <param name="transaction">That which records the refusal.</param>
    /// <param name="numberId">The number.</param>
    /// <param name="pause">Meta's wish; a second without one.</param>
    public void Lower(WorkspaceTransaction transaction, Guid numberId, TimeSpan? pause)
    {
        transaction.Queue(new Statement(LowerPace)
            .Uuid(transaction.ClientId).Uuid(numberId).Number(Math.Max(1, (pause ?? TimeSpan.Zero).TotalSeconds)));
        Forget(numberId);
    }

    /// <summary>What Meta says the number may send.</summary>
    /// <param name="transaction">That which keeps what Meta says.</param>
    /// <param name="numberId">The number.</param>
    /// <param name="perSecond">1 to 1000: 80 as a rule, 20 for a number that its owner's phone uses too.</param>
    public void Tell(WorkspaceTransaction transaction, Guid numberId, int perSecond)
    {
        transaction.Queue(new Statement(TellPace).Uuid(transaction.ClientId).Uuid(numberId).Int(perSecond));
        Forget(numberId);
    }

    private void Forget(Guid numberId)
    {
        if (_turns.TryGetValue(numberId, out Turns? turns))
        {
            turns.Clear();
        }
    }

    private async Task FillAsync(Turns turns, Guid clientId, Guid numberId, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            IReadOnlyList<(double First, int Count, double Between)> taken = await database.RowsAsync(
                clientId,
                new Statement(TakeSlots).Uuid(clientId).Uuid(numberId),
                reader => (reader.GetDouble(0), reader.GetInt32(1), reader.GetDouble(2)),
                cancellationToken);
            if (taken is [(double first, int count, double between)])
            {
                turns.Fill(Now() + TimeSpan.FromSeconds(first), count, TimeSpan.FromSeconds(between));
                return;
            }

            await database.ExecuteAsync(
                clientId, [new Statement(Insert).Uuid(clientId).Uuid(numberId).Int(options.Value.MessagesPerSecond)], cancellationToken);
        }
    }

    /// <summary>Monotonic: a clock that is put back or forward moves no slot.</summary>
    private TimeSpan Now() => clock.GetElapsedTime(0);

    /// <summary>The slots of a number that this process has.</summary>
    private sealed class Turns
    {
        private volatile int _left;

        public SemaphoreSlim Gate { get; } = new(1);

        public SemaphoreSlim Bulk { get; } = new(1);

        public TimeSpan Next { get; private set; }

        public TimeSpan Between { get; private set; }

        public int Left => _left;

        public long Taken { get; private set; }

        public void Fill(TimeSpan first, int count, TimeSpan between)
        {
            (Next, Between, _left) = (first, between, count);
            Taken++;
        }

        public void Pass()
        {
            Next += Between;
            _left = Math.Max(0, _left - 1);
        }

        public void Clear() => _left = 0;
    }
}
