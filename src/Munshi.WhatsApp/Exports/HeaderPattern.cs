namespace Munshi.WhatsApp.Exports;

/// <summary>
/// Reads headers, those written like the one before them without looking at each character anew: the same signs in the same places, and
/// digits where digits stood. It gives what <see cref="HeaderReader"/> gives.
/// </summary>
internal sealed class HeaderPattern
{
    /// <summary>Longer headers are read in full each time.</summary>
    private const int Longest = 64;

    private const int MostNumbers = 6;

    private readonly (int Start, int Length)[] _places = new (int, int)[MostNumbers];

    /// <summary>The header before, 0 in the place of each digit.</summary>
    private byte[] _signs = [];

    private Header _like;

    /// <summary>As <see cref="HeaderReader.TryRead"/>.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out Header header)
    {
        if (IsLike(line))
        {
            header = Like(line);
            if (header is { Hour: <= 24, Minute: <= 59, Seconds: <= 59 })
            {
                return true;
            }
        }

        if (!HeaderReader.TryRead(line, out header))
        {
            return false;
        }

        Learn(line[..header.Length], header);
        return true;
    }

    private bool IsLike(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> signs = _signs;
        if (signs.IsEmpty || line.Length <= signs.Length)
        {
            return false;
        }

        for (int at = 0; at < signs.Length; at++)
        {
            byte sign = signs[at];
            if (sign == 0 ? !char.IsAsciiDigit((char)line[at]) : line[at] != sign)
            {
                return false;
            }
        }

        return true;
    }

    private Header Like(ReadOnlySpan<byte> line)
    {
        HeaderShape shape = _like.Shape;
        int date = !shape.TimeFirst ? 0 : shape.Seconds ? 3 : 2;
        int time = shape.TimeFirst ? 0 : 3;
        return _like with
        {
            First = Number(line, date),
            Second = Number(line, date + 1),
            Third = Number(line, date + 2),
            Padded = IsPadded(line, date) || IsPadded(line, date + 1),
            Hour = Number(line, time),
            Minute = Number(line, time + 1),
            Seconds = shape.Seconds ? Number(line, time + 2) : 0,
        };
    }

    private int Number(ReadOnlySpan<byte> line, int place)
    {
        (int start, int length) = _places[place];
        int number = 0;
        foreach (byte digit in line.Slice(start, length))
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    private bool IsPadded(ReadOnlySpan<byte> line, int place) => _places[place].Length > 1 && line[_places[place].Start] == '0';

    /// <summary>Takes a header for a pattern, if it holds nothing but its numbers in ASCII digits, and none was converted from an era.</summary>
    private void Learn(ReadOnlySpan<byte> line, in Header header)
    {
        _signs = [];
        int numbers = 0;
        if (line.Length > Longest || line[^1] != ' ') // where no space closes it, what follows could still be of it
        {
            return;
        }

        for (int at = 0; at < line.Length; at++)
        {
            if (!char.IsAsciiDigit((char)line[at]))
            {
                continue;
            }

            int length = line[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (length < 0 || numbers == MostNumbers)
            {
                return;
            }

            _places[numbers++] = (at, length);
            at += length;
        }

        _like = header;
        if (numbers != (header.Shape.Seconds ? MostNumbers : MostNumbers - 1) || Like(line) != header)
        {
            return;
        }

        byte[] signs = line.ToArray();
        foreach ((int start, int length) in _places.AsSpan(0, numbers))
        {
            signs.AsSpan(start, length).Clear();
        }

        _signs = signs;
    }
}
