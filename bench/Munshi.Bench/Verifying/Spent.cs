using System.Diagnostics;

namespace Munshi.Bench.Verifying;

/// <summary>What a piece of work took.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="CpuSeconds">Of processors: how many cores' time it used.</param>
internal readonly record struct Spent(double Seconds, double CpuSeconds)
{
    public static async Task<Spent> OnAsync(CpuTime cpu, Func<Task> work)
    {
        double before = cpu.Seconds();
        long began = Stopwatch.GetTimestamp();
        await work();
        return new Spent(Stopwatch.GetElapsedTime(began).TotalSeconds, cpu.Seconds() - before);
    }
}
