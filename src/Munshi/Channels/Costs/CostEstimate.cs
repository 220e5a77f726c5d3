namespace Munshi.Channels.Costs;

/// <summary>What a month's messages cost, as far as it is known. Pure.</summary>
public sealed class CostEstimate(IReadOnlyCollection<CostLine> lines, CostPrices prices)
{
    /// <summary>So many free-form replies of a number cost nothing each month, since October 2026.</summary>
    public const int FreeReplies = 1_000;

    /// <summary>Millionths of a rupee, all numbers together, those on their way included.</summary>
    public long Total => lines.Select(line => line.NumberId).Distinct().Sum(OfNumber);

    /// <summary>Millionths of a rupee.</summary>
    public long OfNumber(Guid numberId) => Categories(numberId).Sum(category => Paid(numberId, category) * (prices.Of(category) ?? 0));

    /// <summary>The replies of a number that count towards the free ones.</summary>
    public long RepliesOf(Guid numberId) => lines.Where(line => line.NumberId == numberId && line.UsesAllowance).Sum(line => line.Messages);

    /// <summary>The messages that are charged.</summary>
    public long Paid(Guid numberId, string category)
    {
        long charged = lines.Where(line => line.NumberId == numberId && line.Category == category && !line.IsFree).Sum(line => line.Messages);
        return category == CostLine.Service ? Math.Min(charged, Math.Max(0, RepliesOf(numberId) - FreeReplies)) : charged;
    }

    /// <summary>All messages of a category, charged or not.</summary>
    public long Messages(Guid numberId, string category) =>
        lines.Where(line => line.NumberId == numberId && line.Category == category).Sum(line => line.Messages);

    /// <summary>All messages of all numbers.</summary>
    public long Count => lines.Sum(line => line.Messages);

    /// <summary>Those of a number whose cost or delivery was not told yet.</summary>
    public long OnTheirWay(Guid numberId) => lines.Where(line => line.NumberId == numberId && line.Type is null).Sum(line => line.Messages);

    /// <summary>By name.</summary>
    public IReadOnlyList<string> Categories(Guid numberId) =>
        [.. lines.Where(line => line.NumberId == numberId).Select(line => line.Category).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether messages are charged that have no price: the estimate is too low then.</summary>
    public bool LacksPrice => lines.Any(line => prices.Of(line.Category) is null && Paid(line.NumberId, line.Category) > 0);

    /// <summary>The month as it is with one more message on its way.</summary>
    public CostEstimate With(Guid numberId, string category) => new([.. lines, new CostLine(numberId, category, Type: null, 1)], prices);
}
