using System.Globalization;

namespace Munshi.Ledger.Tiles;

/// <summary>Where a tile lies below a log's prefix: <c>tile/{level}/{index}[.p/{width}]</c>, with <c>entries</c> in the level's place for a bundle. C2SP tlog-tiles.</summary>
public sealed record TilePath
{
    /// <summary>The hashes, or entries, of a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The highest level of tiles that a path may name.</summary>
    public const int MaxLevel = 63;

    private const string Prefix = "tile/";
    private const string Entries = "entries";

    private TilePath(int? level, ulong index, int width) => (Level, Index, Width) = (level, index, width);

    /// <summary>0 for leaf hashes; null for a bundle of entries.</summary>
    public int? Level { get; }

    /// <summary>The tile's place at its level, from 0.</summary>
    public ulong Index { get; }

    /// <summary>1 to 255 for a partial tile, 256 for a full one.</summary>
    public int Width { get; }

    /// <summary>Whether the tile can still grow.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>A tile of hashes: entry <c>i</c> is the node of tree level <c>8 * level</c> at <c>256 * index + i</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Level 0 to 63, width 1 to 256.</exception>
    public static TilePath OfHashes(int level, ulong index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        return new TilePath(level, index, Checked(width));
    }

    /// <summary>A bundle of the entries under the tile of level 0 at the same index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Width 1 to 256.</exception>
    public static TilePath OfEntries(ulong index, int width = FullWidth) => new(null, index, Checked(width));

    /// <summary>Exactly the canonical path; null for anything else.</summary>
    public static TilePath? Parse(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith(Prefix))
        {
            return null;
        }

        ReadOnlySpan<char> rest = path[Prefix.Length..];
        int slash = rest.IndexOf('/');
        if (slash < 0 || !ParseLevel(rest[..slash], out int? level))
        {
            return null;
        }

        rest = rest[(slash + 1)..];
        int width = FullWidth;
        int partial = rest.IndexOf(".p/");
        if (partial >= 0)
        {
            if (!TryNumber(rest[(partial + 3)..], 3, out ulong number) || number is < 1 or >= FullWidth)
            {
                return null;
            }

            width = (int)number;
            rest = rest[..partial];
        }

        return ParseIndex(rest, out ulong index) ? new TilePath(level, index, width) : null;
    }

    /// <summary>The canonical path.</summary>
    public override string ToString()
    {
        string level = Level?.ToString(CultureInfo.InvariantCulture) ?? Entries;
        string index = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (ulong rest = Index / 1000; rest > 0; rest /= 1000)
        {
            index = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{index}");
        }

        return IsPartial
            ? string.Create(CultureInfo.InvariantCulture, $"{Prefix}{level}/{index}.p/{Width}")
            : $"{Prefix}{level}/{index}";
    }

    private static int Checked(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return width;
    }

    private static bool ParseLevel(ReadOnlySpan<char> text, out int? level)
    {
        level = null;
        if (text is Entries)
        {
            return true;
        }

        if (!TryNumber(text, 2, out ulong number) || number > MaxLevel)
        {
            return false;
        }

        level = (int)number;
        return true;
    }

    private static bool ParseIndex(ReadOnlySpan<char> text, out ulong index)
    {
        index = 0;
        bool isFirst = true;
        while (true)
        {
            int slash = text.IndexOf('/');
            bool isLast = slash < 0;
            ReadOnlySpan<char> group = isLast ? text : text[..slash];
            if (!isLast)
            {
                if (group.IsEmpty || group[0] != 'x')
                {
                    return false;
                }

                group = group[1..];
            }

            if (group.Length != 3 || group.ContainsAnyExceptInRange('0', '9') || (isFirst && !isLast && group is "000"))
            {
                return false;
            }

            ulong value = ulong.Parse(group, NumberStyles.None, CultureInfo.InvariantCulture);
            if (index > (ulong.MaxValue - value) / 1000)
            {
                return false;
            }

            index = (index * 1000) + value;
            if (isLast)
            {
                return true;
            }

            isFirst = false;
            text = text[(slash + 1)..];
        }
    }

    /// <summary>Decimal digits without a leading zero.</summary>
    private static bool TryNumber(ReadOnlySpan<char> text, int longest, out ulong number)
    {
        number = 0;
        return text.Length >= 1 && text.Length <= longest
            && !text.ContainsAnyExceptInRange('0', '9')
            && (text[0] != '0' || text.Length == 1)
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
