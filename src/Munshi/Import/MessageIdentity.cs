using System.Security.Cryptography;
using System.Text;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>What a message is in any export of its chat: minute, side, text, and its number among equals.</summary>
/// <remarks>
/// Exports have no ids. Seconds are not part of it (they differ by one between exports), nor is a file's name (it is there with media
/// and not without), the edit mark, or a poll's counts. Equal messages of one minute are numbered in the order of the file, so that
/// two of them stay two. Holds 16 bytes and a count for each different message of a file.
/// </remarks>
internal sealed class MessageIdentity
{
    private readonly Dictionary<UInt128, int> _seen = [];

    /// <param name="message">The next record of the file.</param>
    /// <param name="sentAt">Its instant.</param>
    /// <param name="side"><c>in</c>, <c>out</c> or <c>app</c>.</param>
    public byte[] Next(ExportMessage message, DateTimeOffset sentAt, string side)
    {
        byte[] without = Encoding.UTF8.GetBytes($"{sentAt.UtcDateTime:yyyyMMddHHmm} {side} {Compared(message)}");
        UInt128 key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(without));
        int number = _seen[key] = _seen.GetValueOrDefault(key) + 1;
        return [.. Encoding.UTF8.GetBytes($"{number} "), .. without];
    }

    private static string Compared(ExportMessage message) => message.Kind switch
    {
        ExportKind.Media => "M " + Plain(message.Text),
        ExportKind.Contact => "V " + Plain(message.Text),
        ExportKind.Deleted => "D",
        ExportKind.Poll => "P " + Plain(message.Text.Split('\n').ElementAtOrDefault(1) ?? ""),
        _ => "T " + Plain(message.Text),
    };

    /// <summary>NFC, without marks, every space as U+0020, without blanks at the end of a line.</summary>
    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        // U+FFFE is no character, and normalising refuses it.
        foreach (char character in text.Contains('\uFFFE', StringComparison.Ordinal) ? text : text.Normalize(NormalizationForm.FormC))
        {
            if (character == '\n')
            {
                TrimEnd(plain);
                plain.Append('\n');
            }
            else if (!Marks.Is(character))
            {
                plain.Append(Marks.IsSpace(character) ? ' ' : character);
            }
        }

        TrimEnd(plain);
        return plain.ToString();
    }

    private static void TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
    }
}
