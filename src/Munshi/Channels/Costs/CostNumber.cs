namespace Munshi.Channels.Costs;

/// <param name="Id">Ours.</param>
/// <param name="Display">Digits with country code.</param>
public sealed record CostNumber(Guid Id, string Display);
