using System.Buffers;

namespace Munshi.WhatsApp.Exports;

/// <summary>Cuts a stream into lines. Holds one buffer, however long the stream: the current line, and what was asked to be kept before it.</summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>A longer line comes in pieces.</summary>
    public const int MaxLineBytes = 256 * 1024;

    private const int ReadAheadBytes = 128 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(MaxLineBytes + ReadAheadBytes);

    /// <summary>Where in the text the buffer begins.</summary>
    private long _offset;

    /// <summary>From where on bytes are kept; −1 where nothing is.</summary>
    private int _kept = -1;

    private int _line;
    private int _start;
    private int _end;
    private int _terminator;
    private bool _ended;
    private bool _inLine;

    /// <param name="stream">Disposed with the reader.</param>
    public LineReader(Stream stream) => _stream = stream;

    /// <summary>Without its end. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_line, _start - _line - _terminator);

    /// <summary>The current line with its end, in bytes.</summary>
    public int Length => _start - _line;

    /// <summary>Where the current line begins in the text, in bytes.</summary>
    public long Offset => _offset + _line;

    /// <summary>Of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether it is a further piece of a line that was too long.</summary>
    public bool IsPiece { get; private set; }

    /// <summary>How the line before ended.</summary>
    public LineEnd Before { get; private set; }

    /// <summary>How the current line ends.</summary>
    public LineEnd End => (LineEnd)_terminator;

    /// <summary>Whether the stream broke off: its archive is damaged, or it could not be read on.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether the stream was longer than its limit.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>What is kept before the current line. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Kept => _buffer.AsSpan(_kept, _line - _kept);

    /// <summary>What is kept, and the current line with its end. Valid until the next call.</summary>
    public ReadOnlySpan<byte> KeptWithCurrent => _buffer.AsSpan(_kept, _start - _kept);

    /// <summary>Keeps all bytes from the beginning of the current line on, until it is called again.</summary>
    public void Keep() => _kept = _line;

    public bool Next()
    {
        Before = _inLine ? LineEnd.None : End;
        _line = _start;
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(_line + searched, _end - _line - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(searched + end + 1, isWhole: true);
            }

            searched = _end - _line;
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
        _buffer = [];
    }

    private bool Take(int length, bool isWhole)
    {
        IsPiece = _inLine;
        _inLine = !isWhole;
        Number += IsPiece ? 0 : 1;
        _start = _line + length;
        ReadOnlySpan<byte> line = _buffer.AsSpan(_line, length);
        _terminator = !isWhole || line[^1] != '\n' ? 0 : length > 1 && line[^2] == '\r' ? 2 : 1;
        return true;
    }

    /// <summary>So many bytes, or up to three fewer, that no UTF-8 sequence is cut in two.</summary>
    private int WholeCharacters(int length)
    {
        int whole = length;
        while (whole > length - 4 && (_buffer[_line + whole] & 0xC0) == 0x80)
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

        MakeRoom();
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

    private void MakeRoom()
    {
        int unused = _kept >= 0 ? _kept : _line;
        _buffer.AsSpan(unused, _end - unused).CopyTo(_buffer);
        _offset += unused;
        (_line, _start, _end) = (_line - unused, _start - unused, _end - unused);
        _kept = _kept >= 0 ? 0 : -1;
        if (_buffer.Length - _end < ReadAheadBytes)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
