namespace Munshi.Channels.Costs;

/// <summary>What a delivered message costs by category, in millionths of a rupee.</summary>
/// <remarks>
/// Unless the business set its own, prices for India as reported in January 2026: marketing ₹0.8631, utility and authentication ₹0.1150.
/// A free-form reply beyond the free ones is charged at the utility rate since October 2026.
/// </remarks>
public sealed class CostPrices(IReadOnlyDictionary<string, long?> set)
{
    /// <summary>In one rupee.</summary>
    public const long Rupee = 1_000_000;

    /// <summary>₹1,000 a message.</summary>
    public const long Highest = 1_000 * Rupee;

    private const string Utility = "utility";

    private static readonly Dictionary<string, long> Reported = new()
    {
        ["marketing"] = 863_100,
        [Utility] = 115_000,
        ["authentication"] = 115_000,
    };

    /// <summary>The categories that every business is shown.</summary>
    public static IReadOnlyList<string> Usual { get; } = [CostLine.Service, Utility, "marketing", "authentication"];

    /// <summary>Null where no price is set.</summary>
    public long? Of(string category) => set.TryGetValue(category, out long? own)
        ? own
        : category == CostLine.Service ? Of(Utility) : Reported.TryGetValue(category, out long reported) ? reported : null;

    /// <summary>Whether the business said so itself.</summary>
    public bool IsOwn(string category) => set.ContainsKey(category);
}
