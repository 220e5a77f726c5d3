using System.Globalization;
using System.Runtime.InteropServices;

namespace Munshi.Bench;

/// <summary>What the figures were measured on.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Commit">Short hash; with a plus where the tree had changes.</param>
/// <param name="Processor">As the kernel names it.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="MemoryGigabytes">Of the machine.</param>
/// <param name="Kernel">Name and release.</param>
/// <param name="Postgres">Version.</param>
/// <param name="Runtime">.NET.</param>
/// <param name="LoadAverage">Of the minute that ended with the run; the run itself is in it.</param>
internal sealed record Machine(
    DateTimeOffset At, string Commit, string Processor, int Cores, double MemoryGigabytes, string Kernel, string Postgres, string Runtime, double LoadAverage)
{
    public static async Task<Machine> ReadAsync() => new(
        TimeProvider.System.GetUtcNow(),
        await CommitAsync(),
        (await File.ReadAllLinesAsync("/proc/cpuinfo")).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
        RuntimeInformation.OSDescription,
        (await Programs.ReadAsync(Programs.Pgbench, "--version")).Trim(),
        RuntimeInformation.FrameworkDescription,
        await LoadAsync());

    /// <summary>Over the last minute.</summary>
    public static async Task<double> LoadAsync() =>
        double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture);

    public override string ToString() => $"{Cores} × {Processor}, {MemoryGigabytes} GB, {Kernel}, {Postgres}, {Runtime}";

    private static async Task<string> CommitAsync()
    {
        try
        {
            string changed = await Programs.ReadAsync("git", "-C", Programs.Repository, "status", "--porcelain", "--untracked-files=no");
            return (await Programs.ReadAsync("git", "-C", Programs.Repository, "rev-parse", "--short", "HEAD")).Trim() + (changed.Trim().Length > 0 ? "+" : "");
        }
        catch (InvalidOperationException)
        {
            return "unknown";
        }
    }
}
