using Munshi.Database;

namespace Munshi.Channels.Costs;

/// <summary>What is known of a month's costs, with the prices and the limit that hold now.</summary>
internal sealed record CostState(CostEstimate Estimate, CostPrices Prices)
{
    private static readonly string Select = Sql.Read("Channels/Costs/cost_state.sql");

    /// <summary>Millionths of a rupee; null without a limit.</summary>
    public long? Cap { get; private init; }

    /// <summary>The month in which people were last told that the limit is near.</summary>
    public DateOnly? NearTold { get; private init; }

    /// <summary>The month in which people were last told that the limit is reached.</summary>
    public DateOnly? ReachedTold { get; private init; }

    /// <summary>In one answer.</summary>
    public static async Task<CostState> ReadAsync(WorkspaceTransaction transaction, DateOnly month)
    {
        IReadOnlyList<Part> parts = await transaction.RowsAsync(
            new Statement(Select).Uuid(transaction.ClientId).Date(month),
            reader => new Part(
                reader.GetString(0),
                reader.ValueOrNull<Guid>(1),
                reader.OrNull<string>(2),
                reader.OrNull<string>(3),
                reader.ValueOrNull<long>(4),
                reader.ValueOrNull<DateOnly>(5),
                reader.ValueOrNull<DateOnly>(6)));
        CostPrices prices = new(parts.Where(part => part.Kind == "price").ToDictionary(part => part.Category!, part => part.Amount));
        CostLine[] lines =
        [
            .. parts.Where(part => part.Kind == "message").Select(part => new CostLine(part.NumberId!.Value, part.Category!, part.Type, part.Amount!.Value)),
        ];
        Part? limit = parts.FirstOrDefault(part => part.Kind == "limit");
        return new CostState(new CostEstimate(lines, prices), prices) { Cap = limit?.Amount, NearTold = limit?.NearTold, ReachedTold = limit?.ReachedTold };
    }

    private sealed record Part(string Kind, Guid? NumberId, string? Category, string? Type, long? Amount, DateOnly? NearTold, DateOnly? ReachedTold);
}
