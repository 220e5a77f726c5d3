using System.Text;
using System.Text.RegularExpressions;

namespace Munshi.Sandbox.Mail;

/// <summary>Reads a plain-text mail: RFC 5322 headers, RFC 2047 words, base64 and quoted-printable bodies. What it cannot read it shows as it is.</summary>
internal static partial class MailReader
{
    private const string LineEnd = "\r\n";

    public static ReceivedMail Read(long id, DateTimeOffset at, string from, IReadOnlyList<string> to, string source)
    {
        int end = source.IndexOf(LineEnd + LineEnd, StringComparison.Ordinal);
        string head = Fold().Replace(end < 0 ? source : source[..end], " ");
        string body = end < 0 ? "" : source[(end + (2 * LineEnd.Length))..];
        return new ReceivedMail(
            id, at, from, to, Header(head, "Message-ID"), Words(Header(head, "Subject") ?? ""), Body(body, Header(head, "Content-Transfer-Encoding")), source);
    }

    private static string? Header(string head, string name) => head.Split(LineEnd)
        .FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static string Words(string text) => Word().Replace(Between().Replace(text, "$1$2"), word => Decode(
        word.Groups[1].ValueSpan is "B" or "b" ? Base64(word.Groups[2].Value) : Quoted(word.Groups[2].Value.Replace('_', ' '))));

    private static string Body(string body, string? encoding) => (encoding?.ToUpperInvariant() switch
    {
        "BASE64" => Decode(Base64(body)),
        "QUOTED-PRINTABLE" => Decode(Quoted(body.Replace("=" + LineEnd, "", StringComparison.Ordinal))),
        _ => body,
    }).ReplaceLineEndings("\n");

    private static string Decode(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static byte[] Base64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int written) ? bytes[..written] : Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Quoted(string text)
    {
        using MemoryStream bytes = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Write(Convert.FromHexString(text.AsSpan(i + 1, 2)));
                i += 2;
            }
            else
            {
                bytes.Write(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A header continued on the next line.</summary>
    [GeneratedRegex("\r\n[ \t]+", RegexOptions.CultureInvariant)]
    private static partial Regex Fold();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    /// <summary>White space between two encoded words is none (RFC 2047, section 6.2).</summary>
    [GeneratedRegex(@"(\?=)\s+(=\?)", RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
