using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>A message's words as they are compared: what phones and languages write differently is taken away.</summary>
public static class BodyKey
{
    /// <summary>The first 128 bits of the SHA-256 of the words in Unicode NFC, without marks of direction, each space as U+0020, lines ended by LF, without blanks at the end.</summary>
    public static UInt128 Of(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char character in text)
        {
            if (!Marks.Is(character) && character != '\r')
            {
                plain.Append(Marks.IsSpace(character) ? ' ' : character);
            }
        }

        string bare = plain.ToString().TrimEnd(' ', '\n');
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Composed(bare)));
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Halves of surrogate pairs cannot be composed; such words are compared as they stand.</summary>
    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
