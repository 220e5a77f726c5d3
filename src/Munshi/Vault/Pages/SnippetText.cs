namespace Munshi.Vault.Pages;

/// <summary>One line of a message's beginning.</summary>
internal static class SnippetText
{
    /// <summary>More than a row can show, in UTF-16 code units.</summary>
    private const int MaxLength = 160;

    public static string Shorten(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return text[..end] + "…";
    }
}
