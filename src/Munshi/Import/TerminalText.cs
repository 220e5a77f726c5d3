namespace Munshi.Import;

/// <summary>Other people's words on a terminal: what could steer it is shown as U+FFFD.</summary>
internal static class TerminalText
{
    public static string Of(string text) => text.Any(IsUnsafe) ? string.Concat(text.Select(character => IsUnsafe(character) ? '\uFFFD' : character)) : text;

    public static string Line(string text) => Of(text.Replace('\n', ' '));

    private static bool IsUnsafe(char character) => char.IsControl(character) && character is not '\n' and not '\t';
}
