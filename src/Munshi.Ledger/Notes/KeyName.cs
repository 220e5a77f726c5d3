namespace Munshi.Ledger.Notes;

/// <summary>The name of a key: a line without Unicode spaces and without a plus.</summary>
public static class KeyName
{
    public static bool IsValid(ReadOnlySpan<char> name) => NoteText.IsLine(name) && !name.Contains('+') && !HoldsSpace(name);

    /// <remarks>Every Unicode space is one UTF-16 unit.</remarks>
    private static bool HoldsSpace(ReadOnlySpan<char> name)
    {
        foreach (char character in name)
        {
            if (char.IsWhiteSpace(character))
            {
                return true;
            }
        }

        return false;
    }
}
