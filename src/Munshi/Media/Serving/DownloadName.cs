using System.Globalization;
using System.Text;

namespace Munshi.Media.Serving;

/// <summary>The name under which a browser saves a file: what its sender called it, made harmless.</summary>
internal static class DownloadName
{
    private const int MaxLength = 120;

    /// <param name="given">The sender's words; null where there are none.</param>
    /// <param name="mediaId">Names a file without a name.</param>
    /// <param name="type">Gives such a file its ending.</param>
    public static string Of(string? given, Guid mediaId, MediaType type)
    {
        StringBuilder name = new();
        foreach (Rune rune in (given ?? "").EnumerateRunes())
        {
            // Controls, and marks that turn the direction of writing, would let a name pretend another ending; the rest means something in paths.
            name.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "",
                _ => "/\\:*?\"<>|%;".Contains((char)rune.Value, StringComparison.Ordinal) && rune.IsBmp ? "_" : rune.ToString(),
            });
        }

        string kept = name.ToString().Trim().TrimStart('.', '_', ' ');
        if (kept.Length > MaxLength)
        {
            string ending = Path.GetExtension(kept) is { Length: > 1 and <= 10 } last ? last : "";
            int end = MaxLength - ending.Length;
            kept = kept[..(char.IsHighSurrogate(kept[end - 1]) ? end - 1 : end)] + ending;
        }

        return kept.Length > 0 ? kept : $"file-{mediaId.ToString()[^8..]}{Ending(type)}";
    }

    private static string Ending(MediaType type) => type.Name switch
    {
        "image/jpeg" => ".jpg",
        "audio/mpeg" => ".mp3",
        "audio/mp4" => ".m4a",
        "video/3gpp" => ".3gp",
        "application/octet-stream" => ".bin",
        string other => $".{other.Split('/')[1]}",
    };
}
