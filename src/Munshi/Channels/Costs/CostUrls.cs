namespace Munshi.Channels.Costs;

/// <summary>Addresses of the costs' page.</summary>
internal static class CostUrls
{
    public const string Settings = "/settings/costs";
    public const string Limit = "/settings/costs/limit";
    public const string Prices = "/settings/costs/prices";
}
