using System.Globalization;
using System.Text;

namespace Munshi.Workspaces;

/// <summary>Makes a workspace's handle from its business's name.</summary>
internal static class WorkspaceHandle
{
    /// <summary>For a name without a Latin letter or digit.</summary>
    private const string WithoutLetters = "business";

    private const int MaxLength = 48;

    /// <summary>Latin letters without their marks, digits, and single hyphens for the rest.</summary>
    public static string From(string name)
    {
        StringBuilder handle = new();
        foreach (char character in Normalizable(name).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                handle.Append(char.ToLowerInvariant(character));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark && handle.Length > 0 && handle[^1] != '-')
            {
                handle.Append('-');
            }
        }

        string made = handle.ToString()[..Math.Min(handle.Length, MaxLength)].TrimEnd('-');
        return made.Length == 0 ? WithoutLetters : made;
    }

    /// <summary>Normalising throws for half a surrogate pair and for U+FFFE, which is no character.</summary>
    private static string Normalizable(string name) =>
        string.Concat(name.EnumerateRunes().Select(rune => rune.Value == 0xFFFE ? Rune.ReplacementChar : rune));
}
