namespace Munshi.Bench.Intake;

/// <param name="Acknowledged">Answered 200.</param>
/// <param name="Refused">Answered anything else.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Milliseconds">From due to answered, ascending.</param>
internal sealed record LoadResult(int Acknowledged, int Refused, double Seconds, double[] Milliseconds)
{
    public double PerSecond => Acknowledged / Seconds;

    public double P50 => Samples.Percentile(Milliseconds, 0.50);

    public double P99 => Samples.Percentile(Milliseconds, 0.99);
}
