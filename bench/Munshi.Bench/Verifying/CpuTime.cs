using System.Globalization;

namespace Munshi.Bench.Verifying;

/// <summary>Processor time of this process and of the whole cluster, in seconds, as the kernel counts it: hundredths.</summary>
internal sealed class CpuTime(int postmasterId)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    // Places in /proc/PID/stat after the name, which may hold anything.
    private const int Parent = 1;
    private const int User = 11;
    private const int System = 12;
    private const int EndedUser = 13;
    private const int EndedSystem = 14;

    public double Seconds()
    {
        double ticks = 0;
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out int id) || Read(directory) is not { } stat)
            {
                continue;
            }

            if (id == postmasterId)
            {
                ticks += stat[User] + stat[System] + stat[EndedUser] + stat[EndedSystem];
            }
            else if (id == Environment.ProcessId || stat[Parent] == postmasterId)
            {
                ticks += stat[User] + stat[System];
            }
        }

        return ticks / TicksPerSecond;
    }

    private static double[]? Read(string directory)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(directory, "stat"));
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return [.. fields.Take(EndedSystem + 1).Select(field => double.TryParse(field, CultureInfo.InvariantCulture, out double value) ? value : 0)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }
}
