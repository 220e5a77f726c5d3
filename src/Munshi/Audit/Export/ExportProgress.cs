using System.Globalization;

namespace Munshi.Audit.Export;

/// <summary>Tells how far an export has come: once a second, from the first second on. Not safe for concurrent use.</summary>
internal sealed class ExportProgress(TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _told = clock.GetTimestamp();

    /// <summary>Says it at once.</summary>
    public void Say(string line) => output.WriteLine(line);

    public void Report(long done, long all) => Tell($"{done} of {all} entries ...");

    /// <param name="line">What to say if it is time to.</param>
    public void Tell(FormattableString line)
    {
        if (clock.GetElapsedTime(_told) >= Pause)
        {
            _told = clock.GetTimestamp();
            output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }
}
