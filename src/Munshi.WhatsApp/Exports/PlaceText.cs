using System.Buffers;
using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Places: a word and the address of a map, or a name and the address of a place.</summary>
internal static class PlaceText
{
    private const string Scheme = "https://";
    private const string MapAddress = "https://maps.google.com/?q=";
    private const string PlaceAddress = "https://foursquare.com/v/";

    private static readonly SearchValues<char> Coordinates = SearchValues.Create("0123456789.,-");

    /// <summary>Null for all other texts.</summary>
    public static BodyContent? Read(string text)
    {
        int address = text.IndexOf(Scheme, StringComparison.Ordinal);
        if (address <= 0)
        {
            return null;
        }

        bool isPlace = text.Contains(": " + PlaceAddress, StringComparison.Ordinal) || IsMap(text, text.IndexOf(MapAddress, address, StringComparison.Ordinal));
        return isPlace ? new BodyContent(ExportKind.Location, Marks.WithoutAppMarks(text).TrimEnd('\n', ' ')) : null;
    }

    /// <summary>What every phone writes alike of a place: its address from the scheme on, coordinates to about ten metres; empty where there is none.</summary>
    public static string Address(string text)
    {
        int start = text.IndexOf(Scheme, StringComparison.Ordinal);
        if (start < 0)
        {
            return "";
        }

        string address = text[start..].TrimEnd();
        return address.StartsWith(MapAddress, StringComparison.Ordinal)
            && address[MapAddress.Length..].Split(',') is [string first, string second]
            && double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out double latitude)
            && double.TryParse(second, NumberStyles.Float, CultureInfo.InvariantCulture, out double longitude)
            ? string.Create(CultureInfo.InvariantCulture, $"{MapAddress}{latitude:F4},{longitude:F4}")
            : address;
    }

    private static bool IsMap(string text, int address)
    {
        if (address <= 0)
        {
            return false;
        }

        ReadOnlySpan<char> line = text.AsSpan(0, address);
        string before = Marks.Plain(line[(line.LastIndexOf('\n') + 1)..]);
        return Phrases.Find(PhraseUse.Location, before) is not null
            || (IsOneWord(before) && text.AsSpan(address + MapAddress.Length).IndexOfAnyExcept(Coordinates) < 0);
    }

    /// <summary>One word and a colon: <c>location:</c> in a language that is not known.</summary>
    private static bool IsOneWord(string before)
    {
        if (before.Length < 2 || before[^1] is not (':' or '：'))
        {
            return false;
        }

        foreach (Rune rune in before.AsSpan(0, before.Length - 1).EnumerateRunes())
        {
            if (!Rune.IsLetter(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                return false;
            }
        }

        return true;
    }
}
