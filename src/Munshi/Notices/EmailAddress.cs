using System.Text.RegularExpressions;

namespace Munshi.Notices;

/// <summary>The form of an e-mail address that mail is sent to: the dot-atom of RFC 5321 in ASCII, without a name, a comment or a quoted part.</summary>
internal static partial class EmailAddress
{
    /// <summary>The longest, in characters (RFC 5321, section 4.5.3.1.3, without its angle brackets).</summary>
    public const int MaxLength = 254;

    public static bool IsUsable(string? text) => text is { Length: > 0 and <= MaxLength } && Pattern().IsMatch(text);

    [GeneratedRegex(
        @"\A(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
