namespace Munshi.WhatsApp.Exports;

/// <summary>Whom a chat is with, from the name that the phone gave to the exported file.</summary>
public static class ChatName
{
    /// <param name="fileName">For example <c>WhatsApp Chat with Asha Verma.txt</c>.</param>
    /// <returns>Null for a name of another kind, which says nothing.</returns>
    public static string? Of(string fileName)
    {
        string plain = Marks.Plain(Path.GetFileNameWithoutExtension(fileName));
        foreach (string written in (ReadOnlySpan<string>)[plain, plain.Replace('_', ' ')])
        {
            foreach (Phrase phrase in Phrases.Of(PhraseUse.ChatName))
            {
                if (phrase.Matches(written, out ReadOnlySpan<char> name) && !name.Trim().IsEmpty)
                {
                    return name.Trim().ToString();
                }
            }
        }

        return null;
    }
}
