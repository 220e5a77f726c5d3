namespace Munshi.Media;

/// <summary>What a file is by its first bytes. What its sender or Meta says of it is not asked.</summary>
/// <param name="Name">Such as <c>image/jpeg</c>.</param>
/// <param name="Shown">Whether a browser may show or play it in the page; all else is a download.</param>
internal sealed record MediaType(string Name, bool Shown)
{
    /// <summary>So many bytes are looked at.</summary>
    public const int HeadBytes = 64;

    public static readonly MediaType Jpeg = new("image/jpeg", Shown: true);
    public static readonly MediaType Png = new("image/png", Shown: true);
    public static readonly MediaType Gif = new("image/gif", Shown: true);
    public static readonly MediaType Webp = new("image/webp", Shown: true);
    public static readonly MediaType Ogg = new("audio/ogg", Shown: true);
    public static readonly MediaType Mp3 = new("audio/mpeg", Shown: true);
    public static readonly MediaType Aac = new("audio/aac", Shown: true);
    public static readonly MediaType M4a = new("audio/mp4", Shown: true);
    public static readonly MediaType Amr = new("audio/amr", Shown: true);
    public static readonly MediaType Mp4 = new("video/mp4", Shown: true);
    public static readonly MediaType Video3gp = new("video/3gpp", Shown: false);
    public static readonly MediaType Pdf = new("application/pdf", Shown: false);

    /// <summary>Of our own files alone, as the next ones: <see cref="Sending.SentType"/>.</summary>
    public static readonly MediaType PlainText = new("text/plain", Shown: false);

    public static readonly MediaType Doc = new("application/msword", Shown: false);
    public static readonly MediaType Xls = new("application/vnd.ms-excel", Shown: false);
    public static readonly MediaType Ppt = new("application/vnd.ms-powerpoint", Shown: false);
    public static readonly MediaType Docx = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Shown: false);
    public static readonly MediaType Xlsx = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Shown: false);
    public static readonly MediaType Pptx = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", Shown: false);

    /// <summary>Everything else: markup, archives, office files, programs, text.</summary>
    public static readonly MediaType Other = new("application/octet-stream", Shown: false);

    private static readonly Dictionary<string, MediaType> ByName =
        new[] { Jpeg, Png, Gif, Webp, Ogg, Mp3, Aac, M4a, Amr, Mp4, Video3gp, Pdf, PlainText, Doc, Xls, Ppt, Docx, Xlsx, Pptx }.ToDictionary(type => type.Name);

    public bool IsImage => Shown && Name.StartsWith("image/", StringComparison.Ordinal);

    public bool IsAudio => Name.StartsWith("audio/", StringComparison.Ordinal);

    public bool IsVideo => Name.StartsWith("video/", StringComparison.Ordinal);

    /// <summary>As it was stored; a name that is none of ours is <see cref="Other"/>.</summary>
    public static MediaType Named(string name) => ByName.GetValueOrDefault(name, Other);

    /// <param name="head">The first <see cref="HeadBytes"/> bytes, or all where there are fewer.</param>
    public static MediaType Of(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? Jpeg
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]) ? Png
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? Gif
        : head.StartsWith("RIFF"u8) && Has(head, 8, "WEBP"u8) ? Webp
        : head.StartsWith("OggS"u8) ? Ogg
        : head.StartsWith("#!AMR"u8) ? Amr
        : head.StartsWith("ID3"u8) ? Mp3
        : head.StartsWith("%PDF-"u8) ? Pdf
        : Has(head, 4, "ftyp"u8) ? OfBrand(head)
        : head.Length > 1 && head[0] == 0xff ? OfFrame(head[1])
        : Other;

    private static MediaType OfBrand(ReadOnlySpan<byte> head) =>
        Has(head, 8, "M4A"u8) || Has(head, 8, "M4B"u8) ? M4a
        : Has(head, 8, "3g"u8) ? Video3gp
        : Has(head, 8, "heic"u8) || Has(head, 8, "heix"u8) || Has(head, 8, "mif1"u8) || Has(head, 8, "avif"u8) ? Other
        : Mp4;

    /// <summary>The second byte of an MPEG audio frame's header: layer III is MP3, layer 0 is AAC in ADTS.</summary>
    private static MediaType OfFrame(byte second) => (second & 0xf6) == 0xf0 ? Aac : (second & 0xe6) == 0xe2 ? Mp3 : Other;

    private static bool Has(ReadOnlySpan<byte> head, int at, ReadOnlySpan<byte> what) => head.Length >= at && head[at..].StartsWith(what);
}
