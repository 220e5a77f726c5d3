namespace Munshi.Audit.Witnesses;

/// <summary>How the witnesses stand; names no one.</summary>
/// <param name="Count">How many are configured.</param>
/// <param name="Quorum">How many of them must cosign.</param>
/// <param name="Reachable">How many answered with a cosignature last.</param>
/// <param name="Cosigned">The largest checkpoint that the quorum is known to have cosigned since this process started; null before.</param>
internal sealed record WitnessSummary(int Count, int Quorum, int Reachable, CosignedTick? Cosigned);
