namespace Munshi.Audit.Witnesses;

/// <param name="Size">The instance log's.</param>
/// <param name="At">When the cosignature arrived, by this machine's clock.</param>
internal sealed record CosignedTick(long Size, DateTimeOffset At);
