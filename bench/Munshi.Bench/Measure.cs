namespace Munshi.Bench;

/// <summary>One measured figure over the runs, and what is wanted of its median.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Runs">A value a run, in order.</param>
/// <param name="AtLeast">The median wanted at least, where one is.</param>
/// <param name="Below">The median wanted below, where one is.</param>
internal sealed record Measure(string Name, string Unit, IReadOnlyList<double> Runs, double? AtLeast = null, double? Below = null)
{
    public double Median => Samples.Median(Runs);

    public string Wanted => AtLeast is { } least ? $"≥ {least}" : Below is { } most ? $"< {most}" : "";

    /// <summary>Null where nothing is wanted of it.</summary>
    public bool? IsMet => AtLeast is { } least ? Median >= least : Below is { } most ? Median < most : null;

    /// <summary>Run by run, this over the other.</summary>
    public Measure Over(Measure other, string name, double? atLeast = null, double? below = null) =>
        new(name, "×", [.. Runs.Zip(other.Runs, (one, two) => one / two)], atLeast, below);
}
