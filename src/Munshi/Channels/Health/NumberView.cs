namespace Munshi.Channels.Health;

/// <summary>One number as a page shows it.</summary>
/// <param name="Display">Digits with country code.</param>
/// <param name="Health">As it is known.</param>
/// <param name="Findings">The worst first.</param>
public sealed record NumberView(string Display, NumberHealth Health, IReadOnlyList<HealthFinding> Findings)
{
    public HealthTone Tone => HealthJudge.Worst(Findings);
}
