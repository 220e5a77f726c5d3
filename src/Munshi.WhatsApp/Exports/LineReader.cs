using System.Buffers;

namespace Munshi.WhatsApp.Exports;

/// <summary>Cuts a stream into lines. Holds one buffer, however long the stream.</summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>A longer line comes in pieces.</summary>
    public const int MaxLineBytes = 256 * 1024;

    private const int ReadAheadBytes = 128 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(MaxLineBytes + ReadAheadBytes);
    private int _start;
    private int _end;
    private int _length;
    private int _terminator;
    private bool _ended;
    private bool _inLine;

    /// <param name="stream">Disposed with the reader.</param>
    public LineReader(Stream stream) => _stream = stream;

    /// <summary>Without its end. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_start - _length, _length - _terminator);

    /// <summary>Of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether it is a further piece of a line that was too long.</summary>
    public bool IsPiece { get; private set; }

    /// <summary>Whether the stream broke off: its archive is damaged, or it could not be read on.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether the stream was longer than its limit.</summary>
    public bool IsTooLarge { get; private set; }

    public bool Next()
    {
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(searched + end + 1, isWhole: true);
            }

            searched = _end - _start;
            if (searched > MaxLineBytes)
            {
                return Take(WholeCharacters(MaxLineBytes), isWhole: false);
            }

            if (!Fill())
            {
                return searched > 0 && Take(searched, isWhole: true);
            }
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private bool Take(int length, bool isWhole)
    {
        IsPiece = _inLine;
        _inLine = !isWhole;
        Number += IsPiece ? 0 : 1;
        _start += length;
        _length = length;
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start - length, length);
        _terminator = !isWhole ? 0 : line.EndsWith("\r\n"u8) ? 2 : line.EndsWith("\n"u8) ? 1 : 0;
        return true;
    }

    /// <summary>So many bytes, or up to three fewer, that no UTF-8 sequence is cut in two.</summary>
    private int WholeCharacters(int length)
    {
        int whole = length;
        while (whole > length - 4 && (_buffer[_start + whole] & 0xC0) == 0x80)
        {
            whole--;
        }

        return whole;
    }

    private bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        int read = 0;
        try
        {
            read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (TextTooLargeException)
        {
            IsTooLarge = true;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            IsDamaged = true;
        }

        _end += read;
        _ended = read == 0;
        return read > 0;
    }
}
