using System.Globalization;

namespace Munshi.Vault;

/// <summary>Where a page ends: the sort key of its last row, as it stands in <c>?before=</c>.</summary>
/// <param name="At">In whole microseconds, as PostgreSQL keeps it.</param>
/// <param name="Id">Decides among rows of the same instant.</param>
internal readonly record struct PageCursor(DateTimeOffset At, Guid Id)
{
    private const char Separator = '~';

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}{Separator}{Id:N}");

    /// <summary>False for anything that <see cref="ToString"/> does not write.</summary>
    public static bool TryParse(string text, out PageCursor cursor)
    {
        cursor = default;
        string[] parts = text.Split(Separator);
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long microseconds)
            || microseconds is < MinMicroseconds or > MaxMicroseconds
            || !Guid.TryParseExact(parts[1], "N", out Guid id))
        {
            return false;
        }

        cursor = new PageCursor(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), id);
        return cursor.ToString() == text;
    }

    /// <summary>1 January 1900.</summary>
    private const long MinMicroseconds = -2_208_988_800_000_000;

    /// <summary>1 January 2200.</summary>
    private const long MaxMicroseconds = 7_258_118_400_000_000;
}
