using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>What was read so far of what stands before a message.</summary>
internal ref struct HeaderParts
{
    private const int LongestShortYear = 2;

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
    private HeaderWord _part;

    public bool ReadDateAndTime(ref HeaderCursor cursor)
    {
        if (TakeEra(ref cursor, out int era))
        {
            return cursor.TakeNumber(out int year, out int yearDigits, out _) && yearDigits <= LongestShortYear
                && ReadDate(ref cursor, era + year, 4, padded: false)
                && ReadBetween(ref cursor) && ReadTime(ref cursor);
        }

        if (!cursor.TakeNumber(out int number, out int digits, out bool padded))
        {
            return false;
        }

        if (cursor.Byte == ':')
        {
            _timeFirst = true;
            _hour = number;
            return digits <= 2 && ReadMinutes(ref cursor)
                && ReadBetween(ref cursor)
                && cursor.TakeNumber(out number, out digits, out padded) && ReadDate(ref cursor, number, digits, padded);
        }

        return ReadDate(ref cursor, number, digits, padded) && ReadBetween(ref cursor) && ReadTime(ref cursor);
    }

    /// <summary>The half of the day behind the time, and the sign that closes the header.</summary>
    public bool ReadEnd(ref HeaderCursor cursor, bool bracketed)
    {
        if (!HeaderWord.TryRead(ref cursor, out HeaderWord word) || !cursor.Peek(out Rune end, out int length))
        {
            return false;
        }

        Note(word);
        cursor.Advance(length);
        _end = end.Value is 0x2013 ? '-' : (char)end.Value;
        if (bracketed)
        {
            cursor.TakeSpace();
            return _end == ']';
        }

        return (_end == '-' || (_end == ':' && _hasSeconds)) && (cursor.TakeSpace() || cursor.IsAtEnd);
    }

    public readonly bool TryBuild(int length, bool markedBefore, out Header header)
    {
        header = default;
        if (_hour > 24 || _minute > 59 || _seconds > 59 || !((_firstDigits, _thirdDigits) is (4, <= 2) or ( <= 2, 2) or ( <= 2, 4)))
        {
            return false;
        }

        bool yearFirst = _firstDigits == 4;
        header = new Header
        {
            Shape = new HeaderShape(
                _end, _timeFirst, _separator, yearFirst, yearFirst || _thirdDigits == 4, _hasSeconds, _part.TellsHours, _comma),
            First = _first,
            Second = _second,
            Third = _third,
            Padded = _padded,
            Hour = _hour,
            Minute = _minute,
            Seconds = _seconds,
            PartHours = _part.Hours,
            CapitalPeriod = _part is { TellsHours: true, Capitals: true },
            MarkedBefore = markedBefore,
            Length = length,
        };
        return true;
    }

    private bool ReadDate(ref HeaderCursor cursor, int first, int firstDigits, bool padded)
    {
        (_first, _firstDigits) = (first, firstDigits);
        if (cursor.Byte is not ((byte)'/' or (byte)'.' or (byte)'-'))
        {
            return false;
        }

        _separator = (char)cursor.Byte;
        TakeSeparator(ref cursor);
        if (!cursor.TakeNumber(out _second, out int secondDigits, out bool secondPadded) || secondDigits > 2 || cursor.Byte != _separator)
        {
            return false;
        }

        TakeSeparator(ref cursor);
        bool inEra = TakeEra(ref cursor, out int era);
        if (!cursor.TakeNumber(out _third, out _thirdDigits, out _))
        {
            return false;
        }

        _padded = padded || secondPadded;
        return !inEra || SetEra(era);
    }

    /// <summary>Some write a space behind the full stop: <c>31. 12. 2020</c>.</summary>
    private readonly void TakeSeparator(ref HeaderCursor cursor)
    {
        cursor.Advance(1);
        cursor.SkipMarks();
        if (_separator == '.')
        {
            cursor.TakeSpace();
        }
    }

    /// <summary>A Japanese era before a year of one or two digits: <c>R4</c>, <c>H30</c>. The year before its first.</summary>
    private static bool TakeEra(ref HeaderCursor cursor, out int yearBefore)
    {
        yearBefore = cursor.Byte is (byte)'R' or (byte)'H' or >= 0x80
            ? cursor.Take("R"u8) || cursor.Take("令和"u8) ? HeaderWord.Reiwa : cursor.Take("H"u8) || cursor.Take("平成"u8) ? HeaderWord.Heisei : 0
            : 0;
        return yearBefore > 0;
    }

    private bool SetEra(int yearBefore)
    {
        if (_thirdDigits > LongestShortYear)
        {
            return false;
        }

        (_third, _thirdDigits) = (yearBefore + _third, 4);
        return true;
    }

    /// <summary>An era, a comma, spaces, and a word: "at" in some languages, the half of the day in others.</summary>
    private bool ReadBetween(ref HeaderCursor cursor)
    {
        int before = cursor.Position;
        if (!HeaderWord.TryRead(ref cursor, out HeaderWord word))
        {
            return false;
        }

        if (word.YearBefore > 0 && !_timeFirst && _firstDigits <= 2 && _thirdDigits <= LongestShortYear)
        {
            SetEra(word.YearBefore);
        }
        else if (!word.IsEra)
        {
            Note(word);
        }

        _comma = cursor.Take(',') || (cursor.Byte >= 0x80 && (cursor.Take('،') || cursor.Take('，')));
        if (_comma)
        {
            if (!HeaderWord.TryRead(ref cursor, out word))
            {
                return false;
            }

            Note(word);
        }

        return cursor.Position > before;
    }

    private bool ReadTime(ref HeaderCursor cursor) =>
        cursor.TakeNumber(out _hour, out int digits, out _) && digits <= 2 && ReadMinutes(ref cursor);

    /// <summary>Minutes and, if there, seconds; the same sign between all three.</summary>
    private bool ReadMinutes(ref HeaderCursor cursor)
    {
        byte sign = cursor.Byte;
        if (sign is not ((byte)':' or (byte)'.'))
        {
            return false;
        }

        cursor.Advance(1);
        if (!cursor.TakeNumber(out _minute, out int digits, out _) || digits != 2)
        {
            return false;
        }

        HeaderCursor ahead = cursor;
        if (ahead.Take((char)sign) && ahead.TakeNumber(out int seconds, out digits, out _))
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

    /// <summary>A word that tells the half of the day counts more than one that is not known.</summary>
    private void Note(in HeaderWord word)
    {
        if (word.TellsHours && (!_part.TellsHours || word.Hours != 0))
        {
            _part = word;
        }
    }
}
