using System.Buffers;
using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Walks over the bytes of a header by characters. Nothing is decoded beyond what it steps over.</summary>
internal ref struct HeaderCursor(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    public int Position { get; private set; }

    /// <summary>The character here; false at the end and where the bytes are not UTF-8.</summary>
    public readonly bool Peek(out Rune rune, out int length)
    {
        if (Position < _line.Length && _line[Position] < 0x80)
        {
            rune = new Rune((char)_line[Position]);
            length = 1;
            return true;
        }

        return Rune.DecodeFromUtf8(_line[Position..], out rune, out length) == OperationStatus.Done;
    }

    public void Advance(int length) => Position += length;

    public bool Take(char character)
    {
        if (!Peek(out Rune rune, out int length) || rune.Value != character)
        {
            return false;
        }

        Position += length;
        return true;
    }

    public readonly bool IsAtEnd => Position == _line.Length;

    public bool TakeSpace()
    {
        if (!Peek(out Rune rune, out int length) || !Marks.IsSpace(rune.Value))
        {
            return false;
        }

        Position += length;
        return true;
    }

    public void SkipMarks()
    {
        while (Peek(out Rune rune, out int length) && Marks.Is(rune.Value))
        {
            Position += length;
        }
    }

    /// <summary>A number of 1 to 4 digits of any script, and the marks behind it.</summary>
    public bool TakeNumber(out int value, out int digits, out bool padded)
    {
        (value, digits, padded) = (0, 0, false);
        while (Peek(out Rune rune, out int length) && Digit(rune) is >= 0 and int digit)
        {
            padded |= digits == 0 && digit == 0;
            value = (value * 10) + digit;
            Position += length;
            if (++digits > 4)
            {
                return false;
            }
        }

        padded &= digits > 1;
        SkipMarks();
        return digits > 0;
    }

    private static int Digit(Rune rune) => rune.IsAscii
        ? char.IsAsciiDigit((char)rune.Value) ? rune.Value - '0' : -1
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber ? (int)Rune.GetNumericValue(rune) : -1;
}
