namespace Munshi.Bench;

/// <summary>Medians and percentiles, by nearest rank.</summary>
internal static class Samples
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length switch
        {
            0 => double.NaN,
            int n when n % 2 == 1 => sorted[n / 2],
            int n => (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
        };
    }

    /// <param name="sorted">Ascending.</param>
    /// <param name="fraction">0 to 1.</param>
    public static double Percentile(double[] sorted, double fraction) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(fraction * sorted.Length) - 1, 0, sorted.Length - 1)];
}
