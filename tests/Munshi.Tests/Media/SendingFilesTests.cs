using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.WhatsApp.Files;

namespace Munshi.Tests.Media;

/// <summary>A person sends files from the conversation page.</summary>
public sealed class SendingFilesTests(DashboardServer shared) : IClassFixture<DashboardServer>, IAsyncLifetime
{
    private const string Form = "details.attach form";
    private const string Allowed = "documents (PDF, Word, Excel, PowerPoint, text) up to 100 MB";

    private static readonly byte[] Jpeg = [0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7 / 3))];
    private static readonly byte[] Zip = [(byte)'P', (byte)'K', 3, 4, .. new byte[500]];
    private static readonly byte[] Webp = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[200]];
    private static readonly byte[] MovingWebp = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x02, .. new byte[200 * 1024]];

    private DashboardVisitor _owner = null!;
    private SandboxPhone _phone = null!;
    private Guid _conversation;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    public async ValueTask InitializeAsync()
    {
        _phone = shared.NewPhone();
        await _phone.AskAsync("What are your timings?", Cancellation);
        _conversation = await shared.NewestConversationAsync();
        _owner = await shared.OwnerAsync();
    }

    public ValueTask DisposeAsync()
    {
        _owner.Dispose();
        _phone.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, byte[], string, string> Kinds { get; } = new()
    {
        { "saree.jpg", Jpeg, "image", ".media-picture img" },
        { "saree.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, .. new byte[500]], "image", ".media-picture img" },
        { "sticker.webp", Webp, "sticker", ".media-picture img" },
        { "moving.webp", MovingWebp, "sticker", ".media-picture img" },
        { "note.ogg", [.. "OggS"u8, .. new byte[500]], "audio", "audio" },
        { "shop.mp4", [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[500]], "video", "video" },
        { "shop.3gp", [0, 0, 0, 24, .. "ftyp3gp5"u8, .. new byte[500]], "video", "a.media-file" },
        { "bill.pdf", Encoding.ASCII.GetBytes("%PDF-1.7 bill"), "document", "a.media-file" },
        { "offer.docx", Zip, "document", "a.media-file" },
        { "rates.csv", Encoding.UTF8.GetBytes("साड़ी,1200\n"), "document", "a.media-file" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_reaches_the_phone_as_it_is_and_is_shown_in_the_conversation_like_any_other(string name, byte[] content, string kind, string shownAs)
    {
        VisitedPage sent = await SendAsync(name, content);
        await Server.SettledAsync();

        Assert.Equal(($"/inbox/{_conversation}", HttpStatusCode.Redirect), (sent.Location, sent.Status));
        JsonElement received = (await FilesAsync())[^1];
        Assert.Equal(kind, received.GetProperty("kind").GetString());
        Assert.Equal(content, await ReceivedAsync(received));
        IElement shown = await NewestShownAsync();
        IElement file = shown.QuerySelector(shownAs)!;
        Assert.Equal(content, await ServedAsync(file.GetAttribute("src") ?? file.GetAttribute("href")!));
        Assert.DoesNotContain("WhatsApp gave no", shown.TextContent, StringComparison.Ordinal);
        Assert.Equal(kind == "document" ? name : null, kind == "document" ? file.QuerySelector("bdi")!.TextContent : null);
    }

    [Fact]
    public async Task Words_under_a_picture_reach_the_phone_and_stand_in_the_conversation()
    {
        await SendAsync("saree.jpg", Jpeg, "नई साड़ी, 1200 रुपये");
        await Server.SettledAsync();

        Assert.Equal("नई साड़ी, 1200 रुपये", (await FilesAsync())[^1].GetProperty("text").GetString());
        Assert.Equal("नई साड़ी, 1200 रुपये", (await NewestShownAsync()).QuerySelector(".text")!.TextContent);
    }

    public static TheoryData<string, byte[], string> Refused { get; } = new()
    {
        { "photo.jpg", [(byte)'M', (byte)'Z', 0x90, 0, .. new byte[500]], "does not take a file of this kind" },
        { "photo.jpg", "<!doctype html><script>alert(1)</script>"u8.ToArray(), "does not take a file of this kind" },
        { "photo.jpg", "GIF89a"u8.ToArray(), "does not take a file of this kind" },
        { "program.zip", Zip, "does not take a file of this kind" },
        { "large.txt", [(byte)'M', (byte)'Z', 0x90, 0, .. new byte[500]], "does not take a file of this kind" },
        { "saree.jpg", [.. Jpeg, .. new byte[FileLimits.MaxImageBytes]], "too large" },
        { "sticker.webp", [.. Webp, .. new byte[FileLimits.MaxStickerBytes]], "too large" },
        { "note.mp3", [.. "ID3"u8, .. new byte[FileLimits.MaxAudioBytes]], "too large" },
        { "empty.pdf", [], "Choose a file first" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_WhatsApp_does_not_take_is_refused_by_what_is_in_it_and_the_words_come_back(string name, byte[] content, string said)
    {
        int kept = KeptFiles();

        VisitedPage page = await SendAsync(name, content, "Our new stock");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        IElement form = page.Document.QuerySelector("details.attach[open] form")!;
        string problem = form.QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains(said, problem, StringComparison.Ordinal);
        Assert.True(content.Length == 0 || problem.Contains(Allowed, StringComparison.Ordinal));
        Assert.Equal("Our new stock", form.QuerySelector("textarea")!.TextContent);
        await NothingWentAsync(kept);
    }

    [Theory]
    [InlineData("note.ogg", 10, "Sound and stickers have no words under them")]
    [InlineData("bill.pdf", 1025, "at most 1024 characters")]
    public async Task Words_that_cannot_stand_under_a_file_are_refused_with_it(string name, int length, string said)
    {
        int kept = KeptFiles();

        VisitedPage page = await SendAsync(name, name == "bill.pdf" ? "%PDF-1.7"u8.ToArray() : [.. "OggS"u8, .. new byte[500]], new string('a', length));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(said, page.Document.QuerySelector("details.attach [role=alert]")!.TextContent, StringComparison.Ordinal);
        await NothingWentAsync(kept);
    }

    [Fact]
    public async Task The_same_form_sent_twice_sends_once_and_another_file_under_its_key_not_at_all()
    {
        VisitedPage page = await _owner.GetAsync($"/inbox/{_conversation}");
        int kept = KeptFiles();

        VisitedPage[] twice = await Task.WhenAll(_owner.UploadAsync(page, Form, "saree.jpg", Jpeg), _owner.UploadAsync(page, Form, "saree.jpg", Jpeg));
        VisitedPage other = await _owner.UploadAsync(page, Form, "saree.jpg", [.. Jpeg, 1]);
        await Server.SettledAsync();

        Assert.All(twice, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Single(await FilesAsync());
        Assert.Equal(kept + 1, KeptFiles());
    }

    [Fact]
    public async Task A_form_without_its_token_or_from_another_workspace_sends_nothing()
    {
        int kept = KeptFiles();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        VisitedPage theirs = await other.GetAsync("/inbox");

        using MultipartFormDataContent bare = new() { { new StringContent(Guid.NewGuid().ToString()), "key" }, { new ByteArrayContent(Jpeg), "file", "saree.jpg" } };
        using HttpResponseMessage refused = await _owner.Http.PostAsync($"/inbox/{_conversation}/files", bare, Cancellation);
        using MultipartFormDataContent foreign = new()
        {
            { new StringContent(theirs.Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!), "form-token" },
            { new StringContent(Guid.NewGuid().ToString()), "key" },
            { new ByteArrayContent(Jpeg), "file", "saree.jpg" },
        };
        using HttpResponseMessage unknown = await other.Http.PostAsync($"/inbox/{_conversation}/files", foreign, Cancellation);
        VisitedPage before = await colleague.GetAsync($"/inbox/{_conversation}");
        await SendAsync("saree.jpg", Jpeg);
        VisitedPage late = await colleague.UploadAsync(before, Form, "saree.jpg", Jpeg);
        await Server.SettledAsync();

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Conflict), (refused.StatusCode, unknown.StatusCode, late.Status));
        Assert.Equal(kept + 1, KeptFiles());
    }

    [Fact]
    public async Task An_upload_that_fails_is_done_again_and_the_message_arrives_once()
    {
        await Server.FaultsAsync(new { uploadHttp500 = 1 });
        await SendAsync("saree.jpg", Jpeg);
        await Server.SettledAsync();

        Assert.Equal(Jpeg, await ReceivedAsync(Assert.Single(await FilesAsync())));
    }

    [Fact]
    public async Task What_was_uploaded_is_not_uploaded_again_for_a_message_that_Meta_refused_for_now()
    {
        long uploaded = await GraphAsync("uploaded");
        await Server.FaultsAsync(new { http500 = 1 });
        await SendAsync("saree.jpg", Jpeg);
        await Server.SettledAsync();

        Assert.Single(await FilesAsync());
        Assert.Equal(uploaded + 1, await GraphAsync("uploaded"));
    }

    [Fact]
    public async Task A_file_that_Meta_does_not_know_any_more_is_uploaded_anew()
    {
        long uploaded = await GraphAsync("uploaded");
        await Server.FaultsAsync(new { http503 = 1 });
        await SendAsync("saree.jpg", Jpeg);
        await Eventually.TrueAsync(async () => await StateAsync() == "queued" && await Server.Database.ScalarAsync<int>(
            "SELECT attempts FROM channel.outbox ORDER BY created_at DESC LIMIT 1") == 1);
        await Server.FaultsAsync(new { mediaExpired = 1 });
        await Server.Database.AsSuperuserAsync(
            """
            UPDATE vault.media SET uploaded_at = uploaded_at - interval '1 hour' WHERE uploaded_at IS NOT NULL;
            UPDATE work.job SET run_at = now() WHERE kind = 'channel.send' AND lease IS NULL
            """);
        await Server.SettledAsync();

        Assert.Equal(Jpeg, await ReceivedAsync(Assert.Single(await FilesAsync())));
        Assert.Equal(uploaded + 2, await GraphAsync("uploaded"));
    }

    [Fact]
    public async Task A_token_that_is_revoked_before_the_upload_stops_the_number_and_loses_nothing()
    {
        await Server.FaultsAsync(new { tokenRevoked = true });
        try
        {
            await SendAsync("saree.jpg", Jpeg);
            await Server.Get<Replies>().SendAsync(Server.ClientId, _conversation, Server.OwnerId, "and its price", Guid.NewGuid(), Cancellation);
            await Eventually.TrueAsync(async () => (await Server.Get<NumberStops>().ListAsync(Server.ClientId, Cancellation)) is [{ Code: 190, Waiting: >= 2 }]);
        }
        finally
        {
            await Server.FaultsAsync(new { tokenRevoked = false });
        }

        Guid number = (await Server.Get<Numbers>().ListAsync(Server.ClientId, Cancellation))[0].NumberId;
        await Server.Get<NumberStops>().ProbeNowAsync(Server.ClientId, number, Cancellation);
        await Server.SettledAsync();

        Assert.Equal(
            ["image", "text"],
            (await _phone.MessagesAsync(Cancellation)).TakeLast(2).Select(message => message.GetProperty("kind").GetString()));
        Assert.Empty(await Server.Get<NumberStops>().ListAsync(Server.ClientId, Cancellation));
    }

    [Fact]
    public async Task A_file_that_Meta_refuses_fails_with_a_sentence()
    {
        await Server.FaultsAsync(new { uploadRefused = 1 });
        await SendAsync("saree.jpg", Jpeg);
        await Eventually.TrueAsync(async () => await StateAsync() == "failed");

        Assert.Contains("WhatsApp did not take the file", (await NewestShownAsync()).TextContent, StringComparison.Ordinal);
        Assert.Empty(await FilesAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_there_any_more_fails_with_a_sentence()
    {
        await Server.FaultsAsync(new { uploadHttp500 = 1 });
        await SendAsync("saree.jpg", Jpeg);
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<int>("SELECT attempts FROM channel.outbox ORDER BY created_at DESC LIMIT 1") == 1);
        string hash = await Server.Database.ScalarAsync<string>("SELECT encode(file_hash, 'hex') FROM vault.media ORDER BY created_at DESC LIMIT 1");
        File.Delete(Path.Combine(Server.Get<DataDirectory>().Media, hash[..2], hash[2..4], hash));
        await Eventually.TrueAsync(async () => await StateAsync() == "failed");

        Assert.Contains("The file is not there any more", (await NewestShownAsync()).TextContent, StringComparison.Ordinal);
        Assert.Empty(await FilesAsync());
    }

    [Fact]
    public async Task The_ledger_answers_for_a_file_that_was_sent_and_notices_when_its_row_is_altered()
    {
        await SendAsync("saree.jpg", Jpeg);
        await Server.SettledAsync();
        await Eventually.TrueAsync(async () => (await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation)).IsOk);

        const string alter = "ALTER TABLE vault.media DISABLE TRIGGER settled_stays; UPDATE vault.media SET length = length {0} 1 WHERE id = (SELECT id FROM vault.media ORDER BY created_at DESC LIMIT 1); ALTER TABLE vault.media ENABLE ALWAYS TRIGGER settled_stays";
        await Server.Database.AsSuperuserAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, alter, "+"));
        try
        {
            Assert.False((await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation)).IsOk);
        }
        finally
        {
            await Server.Database.AsSuperuserAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, alter, "-"));
        }
    }

    private async Task<VisitedPage> SendAsync(string name, byte[] content, string? caption = null) => await _owner.UploadAsync(
        await _owner.GetAsync($"/inbox/{_conversation}"), Form, name, content, caption is null ? [] : [("caption", caption)]);

    private async Task<IReadOnlyList<JsonElement>> FilesAsync() =>
        [.. (await _phone.MessagesAsync(Cancellation)).Where(message => message.TryGetProperty("file", out _))];

    private async Task<byte[]> ReceivedAsync(JsonElement message)
    {
        using HttpClient http = new() { BaseAddress = Server.SandboxAddress };
        return await http.GetByteArrayAsync(message.GetProperty("file").GetString(), Cancellation);
    }

    private async Task<byte[]> ServedAsync(string link)
    {
        using HttpResponseMessage answer = await _owner.Http.GetAsync(link, Cancellation);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? await _owner.Http.GetByteArrayAsync(answer.Headers.Location, Cancellation)
            : await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }

    private async Task<IElement> NewestShownAsync() => (await _owner.GetAsync($"/inbox/{_conversation}")).Document.QuerySelectorAll(".message.out")[^1];

    private async Task NothingWentAsync(int kept)
    {
        await Server.SettledAsync();
        Assert.Empty(await FilesAsync());
        Assert.Equal(kept, KeptFiles());
        Assert.Equal(0, await Server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.message WHERE conversation_id = '{_conversation}' AND source = 'dashboard'"));
    }

    private int KeptFiles()
    {
        string folder = Server.Get<DataDirectory>().Media;
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() : 0;
    }

    private Task<string> StateAsync() => Server.Database.ScalarAsync<string>("SELECT state FROM channel.outbox ORDER BY created_at DESC LIMIT 1");

    private async Task<long> GraphAsync(string counter) => (await Server.SandboxStateAsync()).GetProperty("graph").GetProperty(counter).GetInt64();
}
