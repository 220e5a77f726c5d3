using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Munshi.Ledger.Notes;

/// <summary>Bytes that a note may hold: UTF-8, no control character below U+0020 but the line feed, which ends it.</summary>
internal static class NoteText
{
    /// <summary>The first rule that the bytes break, or null.</summary>
    public static string? Fault(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value < 0x20 && value != '\n')
            {
                return value == '\r' ? "a carriage return" : "a control character other than the line feed";
            }
        }

        if (!Utf8.IsValid(bytes))
        {
            return "not valid UTF-8";
        }

        return bytes is [.., (byte)'\n'] ? null : "does not end with a line feed";
    }

    /// <summary>Whether the characters are a line that is not empty: well-formed, no control character below U+0020.</summary>
    public static bool IsLine(ReadOnlySpan<char> line)
    {
        bool filled = !line.IsEmpty;
        while (!line.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(line, out Rune character, out int length) != OperationStatus.Done || character.Value < 0x20)
            {
                return false;
            }

            line = line[length..];
        }

        return filled;
    }

    /// <summary>Takes the first line from <paramref name="rest"/>, its line feed left out; false where no line feed is left.</summary>
    public static bool TryTakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        int end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return false;
        }

        line = rest[..end];
        rest = rest[(end + 1)..];
        return true;
    }
}
