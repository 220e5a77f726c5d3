namespace Munshi.WhatsApp.Exports;

/// <summary>The half of the day that stands beside a time.</summary>
internal enum DayPeriod
{
    None,
    Morning,
    Afternoon,

    /// <summary>Words that are not known.</summary>
    Unknown,
}
