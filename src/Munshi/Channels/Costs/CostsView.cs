namespace Munshi.Channels.Costs;

/// <summary>Everything the page of the costs shows. Amounts are millionths of a rupee.</summary>
public sealed record CostsView
{
    /// <summary>The first day of this month.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The business's numbers, oldest first.</summary>
    public required IReadOnlyList<CostNumber> Numbers { get; init; }

    public required CostEstimate Estimate { get; init; }

    public required CostPrices Prices { get; init; }

    /// <summary>Null without a limit.</summary>
    public long? Cap { get; init; }

    /// <summary>Newest first; those with any message.</summary>
    public IReadOnlyList<PastMonth> Before { get; init; } = [];

    /// <summary>The limit as it was written, where it could not be kept.</summary>
    public string? RefusedLimit { get; init; }

    /// <summary>The prices as they were written, where one could not be kept.</summary>
    public IReadOnlyDictionary<string, string> RefusedPrices { get; init; } = new Dictionary<string, string>();

    /// <summary>The categories whose price could not be kept.</summary>
    public IReadOnlyList<string> WrongPrices { get; init; } = [];

    /// <summary><c>limit</c>, <c>no-limit</c>, <c>prices</c> or null.</summary>
    public string? Done { get; init; }

    /// <summary>The categories that can be given a price: those that every business is shown, and those that were counted.</summary>
    public IReadOnlyList<string> Priced => [.. CostPrices.Usual, .. Numbers.SelectMany(number => Estimate.Categories(number.Id)).Distinct().Except(CostPrices.Usual).Order(StringComparer.Ordinal)];

    /// <summary>What has gone of the limit, in hundredths, at most 100; null without a limit.</summary>
    public int? Share => Cap switch
    {
        null => null,
        0 => 100,
        { } cap => (int)Math.Min(100, Estimate.Total * 100 / cap),
    };
}
