using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using Munshi.Access;
using Munshi.Keyring;
using Munshi.Media.Serving;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Keyring;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Media;

public sealed class ServingTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7 / 3))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_shown_in_the_conversation_by_a_signed_link_whole_and_in_parts()
    {
        (_, IElement message, DashboardVisitor owner) = await SendAsync("saree.jpg", "image/jpeg", Picture);
        using DashboardVisitor disposed = owner;

        IElement image = message.QuerySelector(".media-picture img")!;
        string link = image.GetAttribute("src")!;
        Assert.Equal("lazy", image.GetAttribute("loading"));
        using HttpResponseMessage whole = await owner.Http.GetAsync(link, Cancellation);
        Assert.Equal(Picture, await whole.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("image/jpeg", whole.Content.Headers.ContentType?.ToString());
        Assert.Null(whole.Content.Headers.ContentDisposition);
        Assert.Equal("private, no-store", whole.Headers.CacheControl?.ToString().Replace("no-store, private", "private, no-store", StringComparison.Ordinal));
        Guarded(whole);

        using HttpResponseMessage part = await PartAsync(owner, link, 65_530, 131_099);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Picture[65_530..131_100], await part.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal($"bytes 65530-131099/{Picture.Length}", part.Content.Headers.ContentRange?.ToString());
        using HttpResponseMessage beyond = await PartAsync(owner, link, Picture.Length, Picture.Length + 5);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal($"bytes */{Picture.Length}", beyond.Content.Headers.ContentRange?.ToString());
        using HttpRequestMessage head = new(HttpMethod.Head, link);
        using HttpResponseMessage headed = await owner.Http.SendAsync(head, Cancellation);
        Assert.Equal((HttpStatusCode.OK, Picture.Length), (headed.StatusCode, headed.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("drawing.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("photo.jpg", "image/jpeg", "<!doctype html><script>alert(1)</script>")]
    [InlineData("page.html", "text/html", "<!doctype html><script>alert(1)</script>")]
    [InlineData("feed.xml", "text/xml", "<?xml version='1.0'?><a/>")]
    [InlineData("empty.txt", "text/plain", "")]
    public async Task What_could_act_in_a_browser_is_a_download_whatever_it_calls_itself(string name, string type, string content) =>
        await DownloadsAsync(name, type, Encoding.UTF8.GetBytes(content));

    [Fact]
    public async Task A_zip_bomb_is_a_download_and_never_unpacked()
    {
        using MemoryStream bomb = new();
        using (ZipArchive archive = new(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("zeros", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1024 * 1024];
            for (int part = 0; part < 256; part++)
            {
                entry.Write(zeros);
            }
        }

        await DownloadsAsync("invoice.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bomb.ToArray());
    }

    [Fact]
    public async Task A_PDF_is_a_download_under_a_harmless_name()
    {
        (_, IElement message, DashboardVisitor owner) = await SendAsync("../../evil\u202Efdp.exe.pdf", "application/pdf", "%PDF-1.7 bill"u8.ToArray());
        using DashboardVisitor disposed = owner;

        using HttpResponseMessage file = await FollowAsync(owner, message.QuerySelector("a.media-file")!.GetAttribute("href")!);

        Assert.Equal("application/pdf", file.Content.Headers.ContentType?.ToString());
        ContentDispositionHeaderValue disposition = file.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.Matches("^[A-Za-z0-9._ -]+$", disposition.FileNameStar ?? disposition.FileName!.Trim('"'));
        Guarded(file);
    }

    [Fact]
    public async Task A_link_is_for_one_person_one_workspace_one_file_and_five_minutes()
    {
        (Guid media, IElement message, DashboardVisitor owner) = await SendAsync("saree.jpg", "image/jpeg", Picture);
        using DashboardVisitor disposed = owner;
        string link = message.QuerySelector(".media-picture img")!.GetAttribute("src")!;
        SignedIn person = new(shared.Server.ClientId, shared.Server.OwnerId, Guid.Empty, MemberRole.Owner, "");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        using DashboardVisitor nobody = shared.NewVisitor();
        (Guid another, IElement _, DashboardVisitor again) = await SendAsync("blouse.jpg", "image/jpeg", [.. Picture, 1]);
        using DashboardVisitor disposedToo = again;

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(LinkAt(now, person, media))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(LinkAt(now.AddMinutes(-5), person, media))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(LinkAt(now, new SignedIn(shared.OtherClientId, shared.OtherOwnerId, Guid.Empty, MemberRole.Owner, ""), media))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(link.Replace($"{media}", $"{another}", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/media/{media}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(link + "&as=preview")).Status);
        string until = link.Split("until=")[1].Split('&')[0];
        string later = (long.Parse(until, CultureInfo.InvariantCulture) + 60).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(link.Replace(until, later, StringComparison.Ordinal))).Status);
        Assert.InRange(long.Parse(until, CultureInfo.InvariantCulture), now.ToUnixTimeSeconds() + 200, now.ToUnixTimeSeconds() + 305);
    }

    [Fact]
    public async Task A_link_ends_with_the_session()
    {
        (Guid media, IElement message, DashboardVisitor owner) = await SendAsync("saree.jpg", "image/jpeg", Picture);
        using DashboardVisitor disposed = owner;
        string link = message.QuerySelector(".media-picture img")!.GetAttribute("src")!;
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(link)).Status);

        VisitedPage page = await owner.GetAsync("/inbox");
        await owner.SubmitAsync(page, "form[action='/sign-out']");

        Assert.Equal(HttpStatusCode.Redirect, (await owner.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.GetAsync($"/media/{media}/open")).Status);
    }

    [Fact]
    public async Task A_stored_file_that_was_altered_on_disk_is_not_shown()
    {
        (Guid media, IElement message, DashboardVisitor owner) = await SendAsync("saree.jpg", "image/jpeg", Picture);
        using DashboardVisitor disposed = owner;
        string hash = await shared.Server.Database.ScalarAsync<string>($"SELECT encode(file_hash, 'hex') FROM vault.media WHERE id = '{media}'");
        string path = Path.Combine(shared.Server.Get<Munshi.Database.DataDirectory>().Media, hash[..2], hash[2..4], hash);
        await using (FileStream file = new(path, FileMode.Open))
        {
            file.SetLength(file.Length - 1000);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(message.QuerySelector(".media-picture img")!.GetAttribute("src")!)).Status);
    }

    [Theory]
    [InlineData("mediaTooLarge", "the file has more than 100 MB and was not taken; ask for a smaller one")]
    [InlineData("mediaExpired", "WhatsApp does not have the file now; it is asked for again for seven days")]
    public async Task What_became_of_a_file_that_is_not_there_is_read_in_the_conversation(string fault, string said)
    {
        using SandboxPhone phone = shared.NewPhone();
        await shared.Server.FaultsAsync(new Dictionary<string, bool> { [fault] = true });
        try
        {
            await phone.SendAsync("saree.jpg", "image/jpeg", Picture, Cancellation);
            await shared.Server.SettledAsync();
        }
        finally
        {
            await shared.Server.FaultsAsync(new Dictionary<string, bool> { [fault] = false });
        }

        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{await shared.NewestConversationAsync()}");

        Assert.Contains(said, page.Document.QuerySelectorAll(".message.in")[^1].TextContent, StringComparison.Ordinal);
    }

    private async Task DownloadsAsync(string name, string type, byte[] content)
    {
        (_, IElement message, DashboardVisitor owner) = await SendAsync(name, type, content);
        using DashboardVisitor disposed = owner;

        Assert.Empty(message.QuerySelectorAll("img, video, audio, svg.waveform, iframe, object, embed"));
        using HttpResponseMessage file = await FollowAsync(owner, message.QuerySelector("a.media-file")!.GetAttribute("href")!);
        Assert.Equal(content, await file.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Guarded(file);
    }

    private static void Guarded(HttpResponseMessage file)
    {
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("sandbox; default-src 'none'; frame-ancestors 'none'", Assert.Single(file.Headers.GetValues("Content-Security-Policy")));
        Assert.True(file.Headers.CacheControl is { NoStore: true, Private: true });
    }

    private async Task<(Guid Media, IElement Message, DashboardVisitor Owner)> SendAsync(string name, string type, byte[] content)
    {
        using SandboxPhone phone = shared.NewPhone();
        int before = await CountAsync();
        await phone.SendAsync(name, type, content, Cancellation);
        await Eventually.TrueAsync(async () => await CountAsync() == before + 1
            && await shared.Server.Database.ScalarAsync<string>("SELECT state FROM vault.media ORDER BY created_at DESC LIMIT 1") == "stored");
        DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{await shared.NewestConversationAsync()}");
        return (
            await shared.Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.media ORDER BY created_at DESC LIMIT 1"),
            page.Document.QuerySelectorAll(".message.in")[^1],
            owner);
    }

    private Task<int> CountAsync() => shared.Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM vault.media");

    private string LinkAt(DateTimeOffset at, SignedIn person, Guid media) =>
        new MediaLinks(shared.Server.Get<KeyCustodian>(), new SettableClock(at)).Of(person, media, isPreview: false);

    private static async Task<HttpResponseMessage> FollowAsync(DashboardVisitor visitor, string link)
    {
        using HttpResponseMessage redirect = await visitor.Http.GetAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        return await visitor.Http.GetAsync(redirect.Headers.Location, Cancellation);
    }

    private static async Task<HttpResponseMessage> PartAsync(DashboardVisitor visitor, string link, long from, long to)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, link);
        request.Headers.Range = new RangeHeaderValue(from, to);
        return await visitor.Http.SendAsync(request, Cancellation);
    }
}
