using Munshi.Web;

namespace Munshi.Tests.Web;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/inbox")]
    [InlineData("/inbox?view=mine&lang=bn")]
    [InlineData("/inbox/00000000-0000-4000-8000-000000000001#newest")]
    [InlineData("/inbox?to=%E0%A4%85")]
    [InlineData("/inbox?next=//evil.example/")]
    public void A_path_on_this_server_is_led_to(string path) => Assert.Equal(path, LocalPath.OrHome(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("inbox")]
    [InlineData("//evil.example/")]
    [InlineData("///evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData(" /inbox")]
    [InlineData("/\t/evil.example/")]
    [InlineData("/inbox\r\nSet-Cookie: a=b")]
    [InlineData("/inbox\u0000")]
    [InlineData("/inbox\u007f")]
    [InlineData("/इनबॉक्स")]
    [InlineData("/inbox\u0085")]
    [InlineData("/\u2215evil.example/")]
    [InlineData("/inbox\ud800")]
    public void Anything_else_leads_home(string? path) => Assert.Equal("/inbox", LocalPath.OrHome(path));
}
