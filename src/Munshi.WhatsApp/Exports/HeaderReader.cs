using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Reads what stands before a message, in any known layout, from the bytes of a line.</summary>
internal static class HeaderReader
{
    private const int MaxWord = 24;

    /// <summary>False for every line that does not begin as a message does, whatever its bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out Header header)
    {
        header = default;
        if (line.Length < 8 || (line[0] is < 0x80 and not ((>= (byte)'0' and <= (byte)'9') or (byte)'[')))
        {
            return false;
        }

        HeaderCursor cursor = new(line);
        cursor.SkipMarks();
        bool bracketed = cursor.Take('[');
        cursor.SkipMarks();
        Parts parts = default;
        if (!parts.ReadDateAndTime(ref cursor) || !parts.ReadEnd(ref cursor, bracketed))
        {
            return false;
        }

        return parts.TryBuild(cursor.Position, out header);
    }

    /// <summary>What was read so far.</summary>
    private ref struct Parts
    {
        private int _first;
        private int _second;
        private int _third;
        private int _firstDigits;
        private int _thirdDigits;
        private bool _padded;
        private int _hour;
        private int _minute;
        private int _seconds;
        private bool _hasSeconds;
        private bool _timeFirst;
        private bool _comma;
        private char _separator;
        private char _end;
        private DayPeriod _period;
        private bool _capitals;

        public bool ReadDateAndTime(ref HeaderCursor cursor)
        {
            if (!cursor.TakeNumber(out int number, out int digits, out bool padded) || !cursor.Peek(out Rune next, out _))
            {
                return false;
            }

            if (next.Value == ':')
            {
                _timeFirst = true;
                _hour = number;
                return digits <= 2 && ReadMinutes(ref cursor)
                    && ReadBetween(ref cursor)
                    && cursor.TakeNumber(out number, out digits, out padded) && ReadDate(ref cursor, number, digits, padded);
            }

            return ReadDate(ref cursor, number, digits, padded)
                && ReadBetween(ref cursor)
                && cursor.TakeNumber(out _hour, out digits, out _) && digits <= 2 && ReadMinutes(ref cursor);
        }

        /// <summary>The half of the day behind the time, and the sign that closes the header.</summary>
        public bool ReadEnd(ref HeaderCursor cursor, bool bracketed)
        {
            if (!ReadWord(ref cursor, out DayPeriod period, out bool capitals) || !cursor.Peek(out Rune end, out int length))
            {
                return false;
            }

            if (period != DayPeriod.None)
            {
                (_period, _capitals) = (period, capitals);
            }

            cursor.Advance(length);
            _end = end.Value is 0x2013 ? '-' : (char)end.Value;
            if (bracketed)
            {
                cursor.TakeSpace();
                return _end == ']';
            }

            return (_end == '-' || (_end == ':' && _hasSeconds)) && (cursor.TakeSpace() || cursor.IsAtEnd);
        }

        public readonly bool TryBuild(int length, out Header header)
        {
            header = default;
            if (_hour > 24 || _minute > 59 || _seconds > 59)
            {
                return false;
            }

            bool yearFirst = _firstDigits == 4;
            header = new Header
            {
                Shape = new HeaderShape(
                    _end, _timeFirst, _separator, yearFirst, yearFirst || _thirdDigits == 4, _hasSeconds, _period != DayPeriod.None, _comma),
                First = _first,
                Second = _second,
                Third = _third,
                Padded = _padded,
                Hour = _hour,
                Minute = _minute,
                Seconds = _seconds,
                Period = _period,
                CapitalPeriod = _capitals,
                Length = length,
            };
            return true;
        }

        private bool ReadDate(ref HeaderCursor cursor, int first, int firstDigits, bool padded)
        {
            (_first, _firstDigits) = (first, firstDigits);
            if (!cursor.Peek(out Rune separator, out int length) || separator.Value is not ('/' or '.' or '-'))
            {
                return false;
            }

            _separator = (char)separator.Value;
            cursor.Advance(length);
            cursor.SkipMarks();
            if (!cursor.TakeNumber(out _second, out int secondDigits, out bool secondPadded) || !cursor.Take(_separator))
            {
                return false;
            }

            cursor.SkipMarks();
            if (!cursor.TakeNumber(out _third, out _thirdDigits, out _))
            {
                return false;
            }

            _padded = padded || secondPadded;
            return secondDigits <= 2 && (firstDigits, _thirdDigits) is (4, <= 2) or ( <= 2, 2) or ( <= 2, 4);
        }

        /// <summary>A comma, spaces, and a word: "at" in some languages, the half of the day in others.</summary>
        private bool ReadBetween(ref HeaderCursor cursor)
        {
            int before = cursor.Position;
            _comma = cursor.Take(',') || cursor.Take('،');
            if (!ReadWord(ref cursor, out DayPeriod period, out bool capitals))
            {
                return false;
            }

            if (period is not DayPeriod.Unknown)
            {
                (_period, _capitals) = (period, capitals);
            }

            return cursor.Position > before;
        }

        /// <summary>Minutes and, if there, seconds; the same sign between all three.</summary>
        private bool ReadMinutes(ref HeaderCursor cursor)
        {
            if (!cursor.Peek(out Rune sign, out int length) || sign.Value is not (':' or '.'))
            {
                return false;
            }

            cursor.Advance(length);
            if (!cursor.TakeNumber(out _minute, out int digits, out _) || digits != 2)
            {
                return false;
            }

            HeaderCursor ahead = cursor;
            if (ahead.Take((char)sign.Value) && ahead.TakeNumber(out int seconds, out digits, out _))
            {
                if (digits != 2)
                {
                    return false;
                }

                (_seconds, _hasSeconds) = (seconds, true);
                cursor = ahead;
            }

            return true;
        }

        /// <summary>Letters, spaces and full stops up to something else; false when they are too many for a word.</summary>
        private static bool ReadWord(ref HeaderCursor cursor, out DayPeriod period, out bool capitals)
        {
            Span<char> word = stackalloc char[MaxWord];
            int length = 0;
            bool fits = true;
            while (fits && cursor.Peek(out Rune rune, out int bytes))
            {
                if (IsOfWord(rune))
                {
                    fits = rune.TryEncodeToUtf16(word[length..], out int written);
                    length += written;
                }
                else if (rune.Value is not ('.' or '/') && !Marks.Is(rune.Value) && !Marks.IsSpace(rune.Value))
                {
                    break;
                }

                cursor.Advance(bytes);
            }

            (period, capitals) = length == 0 ? (DayPeriod.None, false) : (DayPeriods.Of(word[..length]), char.IsAsciiLetterUpper(word[0]));
            return fits;
        }

        private static bool IsOfWord(Rune rune) => rune.IsAscii
            ? char.IsAsciiLetter((char)rune.Value)
            : Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.NonSpacingMark;
    }
}
