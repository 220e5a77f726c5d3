namespace Munshi.Bench.Intake;

/// <param name="Acknowledged">Answered 200.</param>
/// <param name="Refused">Answered anything else.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Milliseconds">From due to answered, ascending.</param>
internal sealed record LoadResult(int Acknowledged, int Refused, double Seconds, double[] Milliseconds)
{
    /// <summary>The slowest answer of each second, in their order, in milliseconds.</summary>
    public IReadOnlyList<double> Slowest { get; init; } = [];

    /// <summary>For people: the seconds in which an answer took more than 50 ms, with the slowest.</summary>
    public string SlowSeconds => $"slower than 50 ms in second {string.Join(", ", Slowest.Index().Where(second => second.Item > 50).Select(second => $"{second.Index} ({second.Item:F0})"))}";

    public double PerSecond => Acknowledged / Seconds;

    public double P50 => Samples.Percentile(Milliseconds, 0.50);

    public double P99 => Samples.Percentile(Milliseconds, 0.99);
}
