using System.Security.Cryptography;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>Files that the sandbox carries: two drawn stickers (WebP, 512 by 512) and two seconds of chimes (Ogg with Opus).</summary>
internal static class CarriedMedia
{
    public static readonly CustomerFile Sticker = Read("sticker.webp", "image/webp") with { Role = FileRole.Sticker, Picture = "/sticker.webp" };

    public static readonly CustomerFile MovingSticker =
        Read("sticker-moving.webp", "image/webp") with { Role = FileRole.Sticker, IsMoving = true, Picture = "/sticker-moving.webp" };

    public static readonly CustomerFile Voice = Read("voice.ogg", "audio/ogg") with { Role = FileRole.Voice };

    private static CustomerFile Read(string name, string type)
    {
        using Stream content = typeof(CarriedMedia).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return new CustomerFile(name, type, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
    }
}
