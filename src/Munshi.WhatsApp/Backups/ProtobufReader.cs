namespace Munshi.WhatsApp.Backups;

/// <summary>The fields of one Protocol Buffers message, in order. Any bytes end it.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The current field's number, from 1.</summary>
    public int Field { get; private set; }

    /// <summary>The current field's bytes where it has some; else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether the message could not be read to its end.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>False at the end, and where the message is broken.</summary>
    public bool MoveNext()
    {
        if (IsBroken || _rest.IsEmpty)
        {
            return false;
        }

        Bytes = default;
        IsBroken = !TryVarint(ref _rest, out ulong tag) || tag >> 3 is 0 or > int.MaxValue || !TrySkip((int)(tag & 7));
        Field = IsBroken ? 0 : (int)(tag >> 3);
        return !IsBroken;
    }

    /// <summary>At most ten bytes, seven bits each, the lowest first.</summary>
    public static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int place = 0; place < Math.Min(bytes.Length, 10); place++)
        {
            value |= (ulong)(bytes[place] & 0x7f) << (7 * place);
            if (bytes[place] < 0x80)
            {
                bytes = bytes[(place + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TrySkip(int wireType)
    {
        switch (wireType)
        {
            case Varint:
                return TryVarint(ref _rest, out _);
            case Fixed64 when _rest.Length >= 8:
                _rest = _rest[8..];
                return true;
            case Fixed32 when _rest.Length >= 4:
                _rest = _rest[4..];
                return true;
            case Delimited when TryVarint(ref _rest, out ulong length) && length <= (ulong)_rest.Length:
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                return false;
        }
    }
}
