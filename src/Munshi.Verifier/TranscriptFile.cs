using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Transcripts;

namespace Munshi.Verifier;

/// <summary>A transcript's file: its lines up to the seal, hashed as they go by, and the seal. Not safe for concurrent use.</summary>
internal sealed class TranscriptFile : IDisposable
{
    /// <summary>A longer line is refused: a record holds at most one update of Meta's.</summary>
    private const int LongestLine = 64 * 1024 * 1024;

    private const int LongestEnd = 16 * 1024;

    private static readonly byte[] Opening = "<pre id=\"seal\">\n"u8.ToArray();
    private static readonly byte[] Closing = "</pre>\n</body>\n</html>\n"u8.ToArray();

    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _line = new();
    private long _left;
    private int _at;
    private int _end;

    private TranscriptFile(FileStream stream, SignedNote note, TranscriptSeal seal, long length) =>
        (_stream, Note, Seal, Length, _left) = (stream, note, seal, length, length);

    public SignedNote Note { get; }

    public TranscriptSeal Seal { get; }

    /// <summary>The bytes before the seal.</summary>
    public long Length { get; }

    /// <summary>Null where the file does not end with exactly a seal, or cannot be read.</summary>
    public static TranscriptFile? Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        byte[] end = new byte[Math.Min(LongestEnd, stream.Length)];
        stream.Position = stream.Length - end.Length;
        stream.ReadExactly(end);
        int start = end.AsSpan().LastIndexOf(Opening);
        if (start >= 0
            && end.AsSpan().EndsWith(Closing)
            && start + Opening.Length <= end.Length - Closing.Length
            && SignedNote.Parse(end.AsSpan(start + Opening.Length, end.Length - Closing.Length - start - Opening.Length)) is SignedNoteParse.Parsed { Note: { Signatures.Count: 1 } note }
            && TranscriptSeal.Parse(note.Text.Span) is { } seal)
        {
            long length = stream.Length - end.Length + start;
            stream.Position = 0;
            return new TranscriptFile(stream, note, seal, length);
        }

        stream.Dispose();
        return null;
    }

    /// <summary>The next line before the seal, without its line feed; null after the last one, and at one that is too long.</summary>
    public string? ReadLine()
    {
        _line.SetLength(0);
        while (_at < _end || Fill())
        {
            int feed = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            int taken = feed < 0 ? _end - _at : feed;
            _line.Write(_buffer, _at, taken);
            _at += feed < 0 ? taken : taken + 1;
            if (_line.Length > LongestLine)
            {
                return null;
            }

            if (feed >= 0)
            {
                return Text();
            }
        }

        return _line.Length > 0 ? Text() : null;
    }

    /// <summary>SHA-256 of all before the seal.</summary>
    public Digest Hash()
    {
        while (Fill())
        {
        }

        return new Digest(_hash.GetCurrentHash());
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
        _line.Dispose();
    }

    private bool Fill()
    {
        int read = _stream.Read(_buffer, 0, (int)Math.Min(_buffer.Length, _left));
        _hash.AppendData(_buffer, 0, read);
        (_at, _end, _left) = (0, read, _left - read);
        return read > 0;
    }

    private string Text() => Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length);
}
