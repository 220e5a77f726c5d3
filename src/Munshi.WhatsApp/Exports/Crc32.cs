namespace Munshi.WhatsApp.Exports;

/// <summary>CRC-32 as zip archives carry it (APPNOTE 4.4.7): polynomial 0xEDB88320, reflected. The framework keeps its own to itself.</summary>
internal struct Crc32()
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        foreach (byte next in bytes)
        {
            state = Table[(byte)(state ^ next)] ^ (state >> 8);
        }

        _state = state;
    }

    private static uint Entry(int index)
    {
        uint entry = (uint)index;
        for (int bit = 0; bit < 8; bit++)
        {
            entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ 0xEDB88320;
        }

        return entry;
    }
}
