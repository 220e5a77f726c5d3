using System.Buffers.Binary;

namespace Munshi.Audit.Verifying;

/// <summary>The rows of PostgreSQL's binary COPY format, read in place. The bytes are a whole answer of the server.</summary>
internal ref struct CopyReader(ReadOnlySpan<byte> copy)
{
    private const int HeaderLength = 19; // signature, flags, and no extension

    private readonly ReadOnlySpan<byte> _copy = copy;
    private int _at = HeaderLength;

    /// <summary>Goes to the next row's first field.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        short fields = BinaryPrimitives.ReadInt16BigEndian(_copy[_at..]);
        _at += sizeof(short);
        return fields >= 0;
    }

    /// <summary>The next field: where it begins and how long it is; below zero for NULL.</summary>
    public (int Offset, int Length) Place()
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(_copy[_at..]);
        int offset = _at + sizeof(int);
        _at = offset + Math.Max(0, length);
        return (offset, length);
    }

    /// <summary>The next field's bytes; none for NULL.</summary>
    public ReadOnlySpan<byte> Field(out bool isNull)
    {
        (int offset, int length) = Place();
        isNull = length < 0;
        return _copy.Slice(offset, Math.Max(0, length));
    }

    /// <summary>The next field, a bigint or an instant in microseconds since 2000; 0 for NULL.</summary>
    public long Long() => Field(out bool isNull) is var bytes && isNull ? 0 : BinaryPrimitives.ReadInt64BigEndian(bytes);
}
