using System.Buffers.Text;
using System.Text;

namespace Munshi.Ledger;

/// <summary>Writes <c>LF name SP value</c>, so that lines are parted and the last one is ended by <see cref="Finish"/>.</summary>
internal ref struct LeafWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public void Raw(ReadOnlySpan<char> ascii) => _length += Encoding.ASCII.GetBytes(ascii, _buffer[_length..]);

    public void Line(string name, ReadOnlySpan<char> value)
    {
        Name(name);
        Raw(value);
    }

    public void Line(string name, Guid value)
    {
        Name(name);
        value.TryFormat(_buffer[_length..], out int written);
        _length += written;
    }

    public void Line(string name, long value)
    {
        Name(name);
        Utf8Formatter.TryFormat(value, _buffer[_length..], out int written);
        _length += written;
    }

    public void Line(string name, DateTimeOffset value)
    {
        Name(name);
        LedgerTime.Write(value, _buffer[_length..]);
        _length += LedgerTime.Length;
    }

    public void Line(string name, Digest? value)
    {
        Name(name);
        if (value is not { } digest)
        {
            Raw("-");
            return;
        }

        Span<byte> bytes = stackalloc byte[Digest.Length];
        digest.CopyTo(bytes);
        Convert.TryToHexStringLower(bytes, _buffer[_length..], out int written);
        _length += written;
    }

    public byte[] Finish()
    {
        Raw("\n");
        return _buffer[.._length].ToArray();
    }

    private void Name(string name)
    {
        Raw("\n");
        Raw(name);
        Raw(" ");
    }
}
