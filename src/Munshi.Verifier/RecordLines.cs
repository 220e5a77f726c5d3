using System.Collections.Concurrent;
using System.Globalization;

namespace Munshi.Verifier;

/// <summary>The lines of <c>records.jsonl</c>, in the order of their numbers, read once from start to end. Not safe for concurrent use, but for <see cref="Return"/>.</summary>
internal sealed class RecordLines : IDisposable
{
    /// <summary>After so many lines that are no records the rest is not read.</summary>
    private const int MostUnreadable = 1000;

    /// <summary>A longer line is refused.</summary>
    private const int LongestLine = 64 * 1024 * 1024;

    private const string File = ExportDirectory.Records;

    private readonly ConcurrentBag<TakenLines> _done = [];
    private readonly Findings _findings;
    private readonly Stream? _stream;
    private byte[] _buffer = new byte[1024 * 1024];
    private int _start;
    private int _end;
    private long _number;
    private long _lastSeq = -1;
    private int _lineStart;
    private int _lineLength;
    private bool _hasNext;
    private bool _ended;
    private int _unreadable;

    public RecordLines(ExportDirectory export, Findings findings)
    {
        _findings = findings;
        try
        {
            _stream = new FileStream(export.PathOf(File), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Add(File, null, FindingKind.FileMissing, "a file that can be read", "none");
        }
    }

    /// <summary>Whether there is such a file.</summary>
    public bool Exist => _stream is not null;

    /// <summary>How many were read.</summary>
    public long Count { get; private set; }

    /// <summary>The number of the first record that was not taken; null where none is left.</summary>
    public long? NextSeq => _hasNext || ReadNext() ? _lastSeq : null;

    /// <summary>The lines before a number that were not taken yet.</summary>
    public TakenLines TakeBefore(long seq)
    {
        TakenLines taken = _done.TryTake(out TakenLines? done) ? done : new TakenLines();
        while ((_hasNext || ReadNext()) && _lastSeq < seq)
        {
            taken.Add(_lastSeq, _buffer.AsSpan(_lineStart, _lineLength));
            _hasNext = false;
        }

        return taken;
    }

    /// <summary>Gives back lines that nobody looks at any more.</summary>
    public void Return(TakenLines taken)
    {
        taken.Clear();
        _done.Add(taken);
    }

    public void Dispose() => _stream?.Dispose();

    /// <summary>Goes to the next record's line.</summary>
    private bool ReadNext()
    {
        while (ReadLine())
        {
            _number++;
            if (RecordLine.SeqOf(_buffer.AsSpan(_lineStart, _lineLength)) is not { } seq)
            {
                _findings.Add(File, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {_number}: a record"), "another content");
            }
            else if (seq <= _lastSeq)
            {
                _findings.Add(
                    File, seq, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {_number}: a number above {_lastSeq}"), string.Create(CultureInfo.InvariantCulture, $"{seq}"));
            }
            else
            {
                _lastSeq = seq;
                _hasNext = true;
                Count++;
                return true;
            }

            _ended |= ++_unreadable == MostUnreadable;
        }

        return false;
    }

    private bool ReadLine()
    {
        int searched = _start;
        while (_stream is not null && !_ended)
        {
            int feed = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                (_lineStart, _lineLength) = (_start, searched + feed - _start);
                _start = searched + feed + 1;
                return true;
            }

            int length = _end - _start;
            if (length > LongestLine)
            {
                return End($"a line of at most {LongestLine} bytes", "a longer one");
            }

            MakeRoom();
            searched = _start + length;
            int read = _stream.Read(_buffer.AsSpan(_end));
            _end += read;
            if (read == 0)
            {
                return length == 0 ? End(null, "") : End("a line feed at the end", "none");
            }
        }

        return false;
    }

    private bool End(string? expected, string found)
    {
        _ended = true;
        if (expected is not null)
        {
            _findings.Add(File, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {_number + 1}: {expected}"), found);
        }

        return false;
    }

    private void MakeRoom()
    {
        byte[] target = _end - _start > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }
}
