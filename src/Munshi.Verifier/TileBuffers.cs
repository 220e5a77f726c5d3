namespace Munshi.Verifier;

/// <summary>One thread's memory for tiles, used again for each.</summary>
internal sealed class TileBuffers
{
    private byte[] _scratch = [];

    /// <summary>A tile's hashes.</summary>
    public byte[] Hashes = new byte[16 * 1024];

    /// <summary>A tile's entries.</summary>
    public byte[] Bundle = new byte[256 * 1024];

    /// <summary>Twice as long as the longest of the lines.</summary>
    public byte[] ScratchFor(TakenLines? lines)
    {
        int length = 2 * (lines?.Longest ?? 0);
        return _scratch = _scratch.Length < length ? new byte[length] : _scratch;
    }
}
