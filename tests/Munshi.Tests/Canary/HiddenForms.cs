using System.Text;

namespace Munshi.Tests.Canary;

/// <summary>The shapes in which a text may stand in a file: UTF-8, UTF-16, hexadecimal, and base64 at each of its three alignments.</summary>
internal sealed record HiddenForms(string Text, IReadOnlyList<(string Shape, byte[] Bytes)> Shapes)
{
    public static HiddenForms Of(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        List<(string, byte[])> shapes =
        [
            ("UTF-8", utf8),
            ("UTF-16", Encoding.Unicode.GetBytes(text)),
            ("hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8))),
            ("hexadecimal, upper case", Encoding.ASCII.GetBytes(Convert.ToHexString(utf8))),
        ];
        for (int before = 0; before < 3; before++)
        {
            string inner = Base64Inside(utf8, before);
            shapes.Add(($"base64 after {before}", Encoding.ASCII.GetBytes(inner)));
            shapes.Add(($"base64url after {before}", Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_'))));
        }

        return new HiddenForms(text, [.. shapes.DistinctBy(shape => Convert.ToHexString(shape.Item2))]);
    }

    /// <summary>The digits of a base64 text that depend on these bytes alone, whatever stands around them.</summary>
    /// <param name="bytes">At least 6, so that enough is left to be unmistakable.</param>
    /// <param name="before">How many bytes of the first group belong to what stands before: 0 to 2.</param>
    internal static string Base64Inside(byte[] bytes, int before)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, 6);
        string text = Convert.ToBase64String([.. new byte[before], .. bytes]);
        int first = before == 0 ? 0 : before + 1; // digits that hold bits of what stands before
        int last = (before + bytes.Length) * 8 / 6; // whole digits of ours
        return text[first..last];
    }
}
