using Munshi.Media;
using Munshi.Media.Serving;

namespace Munshi.Tests.Media;

/// <summary>Beginnings as their formats' specifications have them.</summary>
public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg", true)] // JFIF 1.02
    [InlineData("89504E470D0A1A0A0000000D", "image/png", true)] // RFC 2083, 3.1
    [InlineData("474946383961", "image/gif", true)] // GIF89a
    [InlineData("52494646240000005745425056503820", "image/webp", true)] // RFC 9649, 2.4
    [InlineData("52494646240000005741564566", "application/octet-stream", false)] // RIFF, but WAVE
    [InlineData("4F67675300020000", "audio/ogg", true)] // RFC 3533, 6
    [InlineData("2321414D520A", "audio/amr", true)] // RFC 4867, 5.1
    [InlineData("494433030000", "audio/mpeg", true)] // ID3v2
    [InlineData("FFFB9064", "audio/mpeg", true)] // MPEG-1 layer III
    [InlineData("FFF15080", "audio/aac", true)] // ADTS
    [InlineData("00000020667479704D344120", "audio/mp4", true)]
    [InlineData("000000206674797069736F6D", "video/mp4", true)] // ISO 14496-12, brand isom
    [InlineData("00000014667479703367703400", "video/3gpp", false)] // 3GPP TS 26.244
    [InlineData("0000001866747970686569630000", "application/octet-stream", false)] // HEIC: no browser but one shows it
    [InlineData("255044462D312E37", "application/pdf", false)]
    [InlineData("504B0304", "application/octet-stream", false)] // ZIP and all office files
    [InlineData("3C737667", "application/octet-stream", false)] // <svg
    [InlineData("3C21444F4354595045", "application/octet-stream", false)] // <!DOCTYPE
    [InlineData("4D5A9000", "application/octet-stream", false)] // a program
    [InlineData("FF", "application/octet-stream", false)]
    [InlineData("", "application/octet-stream", false)]
    public void A_file_is_what_its_first_bytes_say(string head, string type, bool shown)
    {
        MediaType found = MediaType.Of(Convert.FromHexString(head));

        Assert.Equal((type, shown), (found.Name, found.Shown));
        Assert.Same(found, MediaType.Named(found.Name));
    }

    [Theory]
    [InlineData("bill-118.pdf", "bill-118.pdf")]
    [InlineData("../../etc/passwd", "etc_passwd")]
    [InlineData("C:\\windows\\run.exe", "C__windows_run.exe")]
    [InlineData("evil\u202Efdp.exe", "evilfdp.exe")]
    [InlineData("a\r\nSet-Cookie: x\".pdf", "aSet-Cookie_ x_.pdf")]
    [InlineData("बिल नवंबर.pdf", "बिल नवंबर.pdf")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("\u0000", "file-66667777.pdf")]
    [InlineData("", "file-66667777.pdf")]
    [InlineData(null, "file-66667777.pdf")]
    public void The_name_of_a_download_is_its_senders_made_harmless(string? given, string name) =>
        Assert.Equal(name, DownloadName.Of(given, Guid.Parse("11112222-3333-4444-8555-888866667777"), MediaType.Pdf));

    [Fact]
    public void A_long_name_keeps_its_ending()
    {
        string name = DownloadName.Of(new string('x', 500) + ".pdf", Guid.Empty, MediaType.Pdf);

        Assert.Equal(120, name.Length);
        Assert.EndsWith("x.pdf", name, StringComparison.Ordinal);
    }
}
