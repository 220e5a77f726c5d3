using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>The names that phones give to media: <c>IMG-20201231-WA0000.jpg</c>, <c>00000042-PHOTO-2020-12-31-21-41-05.jpg</c>.</summary>
internal static class MediaNames
{
    private const int MaxLength = 255;

    private static readonly (string Prefix, MediaType Type)[] Android =
    [
        ("IMG-", MediaType.Image), ("VID-", MediaType.Video), ("AUD-", MediaType.Audio), ("PTT-", MediaType.Audio),
        ("STK-", MediaType.Sticker), ("DOC-", MediaType.Document), ("GIF-", MediaType.Video),
    ];

    private static readonly (string Part, MediaType Type)[] Apple =
    [
        ("-PHOTO-", MediaType.Image), ("-VIDEO-", MediaType.Video), ("-AUDIO-", MediaType.Audio), ("-GIF-", MediaType.Video),
        ("-STICKER-", MediaType.Sticker),
    ];

    private static readonly (string Ending, MediaType Type)[] Endings =
    [
        (".jpg", MediaType.Image), (".jpeg", MediaType.Image), (".png", MediaType.Image), (".gif", MediaType.Image), (".webp", MediaType.Sticker),
        (".mp4", MediaType.Video), (".3gp", MediaType.Video), (".mov", MediaType.Video),
        (".opus", MediaType.Audio), (".m4a", MediaType.Audio), (".mp3", MediaType.Audio), (".aac", MediaType.Audio), (".ogg", MediaType.Audio), (".amr", MediaType.Audio),
    ];

    /// <summary>As names of files are compared: base name, Unicode NFC; case does not matter.</summary>
    public static string Compared(string name)
    {
        string bare = Marks.WithoutDirections(name);
        bare = bare[(bare.LastIndexOfAny(['/', '\\']) + 1)..];
        return IsWellFormed(bare) ? bare.Normalize(NormalizationForm.FormC) : bare;
    }

    /// <summary>Whether a phone gave the name itself, so that no archive is needed to know it for a file's.</summary>
    public static bool IsMediaLike(ReadOnlySpan<char> name) => PhoneType(name) is not MediaType.Unknown;

    /// <summary>Whether a text can be a file's name: one line with an ending, which phones also leave empty.</summary>
    public static bool MayName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && name.IndexOf('\n') < 0 && name.LastIndexOf('.') is > 0 and int dot && name[dot..].IndexOf(' ') < 0;

    public static bool IsCard(ReadOnlySpan<char> name) => name.EndsWith(".vcf", StringComparison.OrdinalIgnoreCase);

    public static MediaType TypeOf(ReadOnlySpan<char> name)
    {
        MediaType type = PhoneType(name);
        if (type is not MediaType.Unknown)
        {
            return type;
        }

        foreach ((string ending, MediaType known) in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        return MediaType.Document;
    }

    /// <summary>The day that such a name tells; false for all other names.</summary>
    public static bool TryDay(ReadOnlySpan<char> name, out DateOnly day)
    {
        day = default;
        if (name.Length is < 12 or > MaxLength)
        {
            return false;
        }

        if (name[3] == '-' && name[12..].StartsWith("-WA"))
        {
            return DateOnly.TryParseExact(name[4..12], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
        }

        foreach ((string part, _) in Apple)
        {
            int at = name.IndexOf(part, StringComparison.Ordinal) + part.Length;
            if (at > part.Length && name.Length >= at + 10)
            {
                return DateOnly.TryParseExact(name.Slice(at, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
            }
        }

        return false;
    }

    private static MediaType PhoneType(ReadOnlySpan<char> name)
    {
        if (name.Length > 14 && name.Slice(4, 8).IndexOfAnyExceptInRange('0', '9') < 0 && name[12..].StartsWith("-WA"))
        {
            foreach ((string prefix, MediaType type) in Android)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return type;
                }
            }
        }

        if (name.Length == 0 || !char.IsAsciiDigit(name[0]) || name.IndexOfAny(' ', '\n') >= 0)
        {
            return MediaType.Unknown;
        }

        foreach ((string part, MediaType type) in Apple)
        {
            if (name.IndexOf(part, StringComparison.Ordinal) > 0)
            {
                return type;
            }
        }

        return MediaType.Unknown;
    }

    /// <summary>iOS numbers every file of an export with eight digits.</summary>
    public static bool HasRunningNumber(ReadOnlySpan<char> name) =>
        name.Length > 9 && name[8] == '-' && name[..8].IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Names of an archive's entries may be anything; what normalising refuses is compared as it stands.</summary>
    private static bool IsWellFormed(string text)
    {
        if (text.Contains('\uFFFE', StringComparison.Ordinal))
        {
            return false;
        }

        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
