using Munshi.Audit.Witnesses;

namespace Munshi.Health;

/// <summary>The witnesses in the answer of <c>/readyz</c>.</summary>
/// <param name="Count">How many are configured.</param>
/// <param name="Quorum">How many of them must cosign.</param>
/// <param name="Reachable">How many answered with a cosignature last.</param>
/// <param name="CosignedSize">The largest checkpoint that the quorum cosigned since the start; null before.</param>
/// <param name="CosignedAgeSeconds">How long ago that was.</param>
internal sealed record WitnessReadiness(int Count, int Quorum, int Reachable, long? CosignedSize, double? CosignedAgeSeconds)
{
    public static WitnessReadiness Of(WitnessSummary? summary, DateTimeOffset now) => summary is null
        ? new WitnessReadiness(0, 0, 0, null, null)
        : new WitnessReadiness(summary.Count, summary.Quorum, summary.Reachable, summary.Cosigned?.Size, summary.Cosigned is { } cosigned ? (now - cosigned.At).TotalSeconds : null);
}
