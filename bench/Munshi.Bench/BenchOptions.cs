namespace Munshi.Bench;

/// <summary>What to measure, where, how long.</summary>
/// <param name="Row">One of <see cref="Rows"/>.</param>
/// <param name="Directory">An empty directory for the installation; the script that made it removes it.</param>
/// <param name="Smoke">Tiny sizes: shows that it works, measures nothing.</param>
/// <param name="Out">Where results.md and results.json are written; null prints only.</param>
internal sealed record BenchOptions(string Row, string Directory, bool Smoke, string? Out)
{
    /// <summary>What can be measured, one of them a run.</summary>
    public static readonly string[] Rows = ["intake", "audit", "acts", "groups", "sequencer", "drain", "verify", "proofs", "answer", "read", "import", "load", "search", "growth", "outbox"];

    public static BenchOptions? Read(string[] args)
    {
        if (args is not [string row, string directory, .. string[] rest] || !Rows.Contains(row))
        {
            return null;
        }

        int at = Array.IndexOf(rest, "--out");
        return new BenchOptions(row, Path.GetFullPath(directory), rest.Contains("--smoke"), at >= 0 && at + 1 < rest.Length ? rest[at + 1] : null);
    }

    public T Pick<T>(T whole, T smoke) => Smoke ? smoke : whole;
}
