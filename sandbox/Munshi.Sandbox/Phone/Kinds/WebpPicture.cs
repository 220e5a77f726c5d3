namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>The head of a WebP file (RFC 9649).</summary>
internal static class WebpPicture
{
    /// <summary>Up to the flags of an extended file (section 2.7).</summary>
    public const int HeaderLength = 21;

    private const byte AnimationFlag = 0x02;

    public static bool IsMoving(ReadOnlySpan<byte> start) =>
        start.Length >= HeaderLength
        && start[..4].SequenceEqual("RIFF"u8)
        && start[8..16].SequenceEqual("WEBPVP8X"u8)
        && (start[20] & AnimationFlag) != 0;
}
