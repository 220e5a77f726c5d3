namespace Munshi.Import;

/// <summary>Turns the wall-clock times of a phone into instants.</summary>
/// <param name="zone">Where the phone was.</param>
internal sealed class ExportClock(TimeZoneInfo zone)
{
    /// <summary>An hour that a change of clocks leaves out is taken as if it had not changed yet; one that comes twice, as the second.</summary>
    public DateTimeOffset Instant(DateTime wall) => new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
}
