namespace Munshi.WhatsApp.Exports;

/// <summary>The years in which a chat can have been written.</summary>
internal static class ExportCalendar
{
    /// <summary>The app began in 2009.</summary>
    public const int FirstYear = 2009;

    private const int LastYear = 2099;
    private const int BuddhistEra = 543;

    /// <summary>A year as written: 21 is 2021, 2564 is 2021 in the Buddhist era.</summary>
    public static int Year(int written) => written switch
    {
        < 100 => 2000 + written,
        >= FirstYear + BuddhistEra and <= LastYear + BuddhistEra => written - BuddhistEra,
        _ => written,
    };

    public static bool Holds(int year) => year is >= FirstYear and <= LastYear;
}
