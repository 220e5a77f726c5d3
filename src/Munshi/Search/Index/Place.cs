namespace Munshi.Search.Index;

/// <summary>A message's row in the index: seconds since 1900, and 4,096 rows for each, so that the newest rows are the newest messages.</summary>
internal static class Place
{
    public const int RowsInSecond = 1 << Bits;

    private const int Bits = 12;

    private static readonly DateTimeOffset First = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first row of the second.</summary>
    public static long Of(DateTimeOffset at) => Math.Max(0, (at - First).Ticks / TimeSpan.TicksPerSecond) << Bits;
}
