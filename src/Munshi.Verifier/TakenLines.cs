namespace Munshi.Verifier;

/// <summary>Lines of <c>records.jsonl</c> with their numbers, ascending.</summary>
internal sealed class TakenLines
{
    private readonly List<(long Seq, int Start, int Length)> _lines = [];
    private byte[] _bytes = [];
    private int _end;

    public int Count => _lines.Count;

    public long SeqOf(int place) => _lines[place].Seq;

    public ReadOnlySpan<byte> this[int place] => _bytes.AsSpan(_lines[place].Start, _lines[place].Length);

    /// <summary>Forgets the lines and keeps the memory.</summary>
    public void Clear()
    {
        _lines.Clear();
        (_end, Longest) = (0, 0);
    }

    /// <summary>The longest line's length.</summary>
    public int Longest { get; private set; }

    public void Add(long seq, ReadOnlySpan<byte> line)
    {
        if (_bytes.Length - _end < line.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_end + line.Length, Math.Max(64 * 1024, 2 * _bytes.Length)));
        }

        line.CopyTo(_bytes.AsSpan(_end));
        _lines.Add((seq, _end, line.Length));
        _end += line.Length;
        Longest = Math.Max(Longest, line.Length);
    }
}
