using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>The words for parts of the day in all languages of the Unicode CLDR: the table <c>day-parts.tsv</c>.</summary>
/// <remarks>
/// A line: language, word, its hours; parted by tabs. Words are folded: lower case, without full stops and spaces. The hours are
/// ranges from 0 to 23, or <c>-</c> for a word such as "at" that tells none. <c>#</c> begins a remark.
/// </remarks>
internal static class DayParts
{
    private const string Table = "Exports/day-parts.tsv";

    private const uint Connector = uint.MaxValue;

    private const uint Forenoon = 0x000FFF;

    private const uint Afternoon = 0xFFF000;

    private static readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Known = Load();

    /// <param name="letters">Letters only, of any case.</param>
    /// <param name="isConnector">Whether the word is one such as "at".</param>
    /// <returns>A bit for each hour that the word can tell; 0 where it is not known.</returns>
    public static uint Of(ReadOnlySpan<char> letters, out bool isConnector)
    {
        isConnector = false;
        if (letters.Length == 2 && (letters[1] | 0x20) == 'm' && (letters[0] | 0x20) is 'a' or 'p')
        {
            return (letters[0] | 0x20) == 'a' ? Forenoon : Afternoon;
        }

        Span<char> folded = stackalloc char[letters.Length];
        letters.ToLowerInvariant(folded);
        if (!Known.TryGetValue(folded, out uint hours) && !Known.TryGetValue(new string(folded).Normalize(NormalizationForm.FormC), out hours))
        {
            return 0;
        }

        isConnector = hours == Connector;
        return isConnector ? 0 : hours;
    }

    /// <summary>Which half of the day a word names beside an hour; none where the hour is of a 24-hour clock.</summary>
    /// <param name="hours">A bit for each hour that the word can tell.</param>
    /// <param name="hour">As written.</param>
    public static DayPeriod Half(uint hours, int hour)
    {
        if (hour is 0 or > 12)
        {
            return DayPeriod.None;
        }

        bool early = (hours >> (hour % 12) & 1) != 0;
        bool late = (hours >> ((hour % 12) + 12) & 1) != 0;
        return early == late ? DayPeriod.Unknown : early ? DayPeriod.Morning : DayPeriod.Afternoon;
    }

    private static FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Load()
    {
        using Stream table = typeof(DayParts).Assembly.GetManifestResourceStream(Table)!;
        using StreamReader reader = new(table, Encoding.UTF8);
        Dictionary<string, uint> words = new(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                string[] cells = line.Split('\t');
                words.Add(cells[1], cells[2] == "-" ? Connector : Hours(cells[2]));
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static uint Hours(string ranges)
    {
        uint hours = 0;
        foreach (string range in ranges.Split(','))
        {
            string[] ends = range.Split('-');
            for (int hour = int.Parse(ends[0], CultureInfo.InvariantCulture); hour <= int.Parse(ends[^1], CultureInfo.InvariantCulture); hour++)
            {
                hours |= 1u << hour;
            }
        }

        return hours;
    }
}
