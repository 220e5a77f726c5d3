using Munshi.Channels.Costs;

namespace Munshi.Tests.Web;

/// <summary>The page of the costs in each of its states.</summary>
internal static class CostSamples
{
    private static readonly Guid Number = new("00000000-0000-4000-8000-000000000001");

    public static IEnumerable<(string State, CostsView View)> All()
    {
        yield return ("full", Full);
        yield return ("empty", Of());
        yield return ("limit refused", Of() with { RefusedLimit = "five", Done = "prices" });
        yield return ("price refused", Full with { WrongPrices = ["marketing"], RefusedPrices = new Dictionary<string, string> { ["marketing"] = "two" }, Done = "no-limit" });
        yield return ("nearly spent", Full with { Cap = 3_200_000, Done = "limit" });
        yield return ("spent", Full with { Cap = 0 });
    }

    private static CostsView Full => Of(
        new CostLine(Number, "service", "regular", 1_002),
        new CostLine(Number, "service", null, 2),
        new CostLine(Number, "marketing", "regular", 3),
        new CostLine(Number, "group_marketing", "-", 1)) with
    {
        Before = [new PastMonth(new DateOnly(2026, 10, 1), 812, 0)],
    };

    private static CostsView Of(params CostLine[] lines)
    {
        CostPrices prices = new(new Dictionary<string, long?>());
        return new CostsView { Month = new DateOnly(2026, 11, 1), Numbers = [new CostNumber(Number, "919000000001")], Estimate = new CostEstimate(lines, prices), Prices = prices };
    }
}
