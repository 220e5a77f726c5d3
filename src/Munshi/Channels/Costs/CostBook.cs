using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Channels.Costs;

/// <summary>Reads a workspace's costs, and keeps its limit and its prices.</summary>
internal sealed class CostBook(WorkspaceDatabase database, TimeProvider clock)
{
    /// <summary>So many months before this one are shown.</summary>
    private const int MonthsBefore = 12;

    private const string SelectMonths =
        """
        SELECT month, number_id, category, type, messages FROM channel.cost_count
        WHERE client_id = $1 AND month < $2 AND month >= $3 ORDER BY month DESC, number_id, category, type
        """;

    private const string SetLimit =
        """
        INSERT INTO channel.cost_cap AS c (client_id, micros, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (client_id) DO UPDATE SET micros = excluded.micros, changed_at = excluded.changed_at
        WHERE c.micros IS DISTINCT FROM excluded.micros
        RETURNING client_id
        """;

    private const string SetPrice =
        """
        INSERT INTO channel.cost_price AS p (client_id, category, micros, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (client_id, category) DO UPDATE SET micros = excluded.micros, changed_at = excluded.changed_at
        """;

    /// <summary>This month, and the months before that had any message, newest first.</summary>
    public Task<(DateOnly Month, CostState State, IReadOnlyList<(DateOnly Month, CostEstimate Estimate)> Before)> ReadAsync(
        Guid clientId, CancellationToken cancellationToken)
    {
        DateOnly month = CostMonth.Of(clock.GetUtcNow());
        return database.TransactAsync(
            clientId,
            async transaction =>
            {
                CostState state = await CostState.ReadAsync(transaction, month);
                IReadOnlyList<(DateOnly Month, CostLine Line)> earlier = await transaction.RowsAsync(
                    new Statement(SelectMonths).Uuid(clientId).Date(month).Date(month.AddMonths(-MonthsBefore)),
                    reader => (reader.GetFieldValue<DateOnly>(0), new CostLine(reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4))));
                (DateOnly, CostEstimate)[] before =
                    [.. earlier.GroupBy(row => row.Month, row => row.Line).Select(lines => (lines.Key, new CostEstimate([.. lines], state.Prices)))];
                return (month, state, (IReadOnlyList<(DateOnly, CostEstimate)>)before);
            },
            cancellationToken);
    }

    /// <summary>Limits what a month may cost, or takes the limit away. What waits or is written next is judged by it at once.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="micros">0 to <see cref="Rupees.Highest"/> millionths of a rupee; null for no limit.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task LimitAsync(Guid clientId, long? micros, Actor actor, CancellationToken cancellationToken) => database.TransactAsync(
        clientId,
        async transaction =>
        {
            DateTimeOffset now = clock.GetMicrosecondNow();
            if (await transaction.RowAsync(new Statement(SetLimit).Uuid(clientId).Long(micros).Time(now), reader => reader.GetGuid(0)) == clientId)
            {
                AuditTrail.Record(transaction, new AuditEvent(actor, micros is null ? "cost.limit-removed" : "cost.limit-set", "workspace", clientId, now));
            }

            return true;
        },
        cancellationToken);

    /// <summary>Keeps what messages cost.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="prices">By category, 0 to <see cref="CostPrices.Highest"/> millionths of a rupee; null says that none is set.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task PriceAsync(Guid clientId, IReadOnlyDictionary<string, long?> prices, Actor actor, CancellationToken cancellationToken) => database.TransactAsync(
        clientId,
        transaction =>
        {
            DateTimeOffset now = clock.GetMicrosecondNow();
            foreach ((string category, long? micros) in prices.OrderBy(price => price.Key, StringComparer.Ordinal))
            {
                transaction.Queue(new Statement(SetPrice).Uuid(clientId).Text(category).Long(micros).Time(now));
            }

            AuditTrail.Record(transaction, new AuditEvent(actor, "cost.prices-set", "workspace", clientId, now));
            return Task.FromResult(true);
        },
        cancellationToken);
}
