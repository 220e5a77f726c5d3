namespace Munshi.Channels.Costs;

/// <param name="Month">Its first day.</param>
/// <param name="Messages">All that were delivered.</param>
/// <param name="Micros">Millionths of a rupee, at the prices of today.</param>
public sealed record PastMonth(DateOnly Month, long Messages, long Micros);
