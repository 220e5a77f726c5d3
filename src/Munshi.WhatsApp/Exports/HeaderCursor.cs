using System.Buffers;
using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Walks over the bytes of a header by characters. Nothing is decoded beyond what it steps over.</summary>
internal ref struct HeaderCursor(ReadOnlySpan<byte> line)
{
    private const int MaxDigits = 4;

    private readonly ReadOnlySpan<byte> _line = line;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _line.Length;

    /// <summary>The byte here; 0 at the end.</summary>
    public readonly byte Byte => Position < _line.Length ? _line[Position] : (byte)0;

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
        if (character < 0x80)
        {
            bool here = Byte == character && Position < _line.Length;
            Position += here ? 1 : 0;
            return here;
        }

        if (!Peek(out Rune rune, out int length) || rune.Value != character)
        {
            return false;
        }

        Position += length;
        return true;
    }

    public bool Take(ReadOnlySpan<byte> word)
    {
        bool here = _line[Position..].StartsWith(word);
        Position += here ? word.Length : 0;
        return here;
    }

    public bool TakeSpace()
    {
        if (Byte == ' ')
        {
            Position++;
            return true;
        }

        if (!Peek(out Rune rune, out int length) || !Marks.IsSpace(rune.Value))
        {
            return false;
        }

        Position += length;
        return true;
    }

    public void SkipMarks()
    {
        while (Byte >= 0x80 && Peek(out Rune rune, out int length) && Marks.Is(rune.Value))
        {
            Position += length;
        }
    }

    /// <summary>A number of 1 to 4 digits of any script, and the marks behind it.</summary>
    public bool TakeNumber(out int value, out int digits, out bool padded)
    {
        (value, digits) = (0, 0);
        padded = Byte == '0';
        while (char.IsAsciiDigit((char)Byte))
        {
            value = (value * 10) + (Byte - '0');
            Position++;
            if (++digits > MaxDigits)
            {
                return false;
            }
        }

        return Byte < 0x80 ? Taken(digits, ref padded) : TakeOtherDigits(ref value, ref digits, ref padded);
    }

    private static bool Taken(int digits, ref bool padded)
    {
        padded &= digits > 1;
        return digits > 0;
    }

    private bool TakeOtherDigits(ref int value, ref int digits, ref bool padded)
    {
        while (Peek(out Rune rune, out int length) && Digit(rune) is >= 0 and int digit)
        {
            padded |= digits == 0 && digit == 0;
            value = (value * 10) + digit;
            Position += length;
            if (++digits > MaxDigits)
            {
                return false;
            }
        }

        SkipMarks();
        return Taken(digits, ref padded);
    }

    private static int Digit(Rune rune) => rune.IsAscii
        ? char.IsAsciiDigit((char)rune.Value) ? rune.Value - '0' : -1
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber ? (int)Rune.GetNumericValue(rune) : -1;
}
