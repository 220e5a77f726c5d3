using System.Net;
using System.Security.Cryptography;
using System.Text;
using Munshi.Channels;
using Munshi.Channels.Egress;
using Munshi.Keyring;
using Munshi.Media;
using Munshi.Media.Fetching;
using Munshi.Media.Files;
using Munshi.WhatsApp.Files;
using Munshi.WhatsApp.Sending;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Tests.Media;

/// <summary>What Meta, or who takes its place, may answer; at the wire.</summary>
public sealed class MediaDownloadTests : IDisposable
{
    private const string Graph = "https://graph.example/";
    private const string Files = "https://files.example/";
    private const string Elsewhere = "https://cdn.example/";
    private const string Token = "the-token";

    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 0xe0, .. "a picture"u8];
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Picture));

    private readonly Wire _wire = new();
    private readonly MemoryStream _written = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _wire.Dispose();
        _written.Dispose();
    }

    [Fact]
    public async Task The_token_goes_to_the_host_that_Graph_names_and_not_on_to_another_that_redirects()
    {
        _wire.LookUp($$"""{"url":"{{Files}}a","sha256":"{{Digest}}","file_size":{{Picture.Length}}}""");
        _wire.On(Files + "a", () => Wire.Redirect(Files + "b"));
        _wire.On(Files + "b", () => Wire.Redirect(Elsewhere + "c"));
        _wire.On(Elsewhere + "c", () => Wire.Content(Picture));

        FetchOutcome.Fetched fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync());

        Assert.Equal((MediaType.Jpeg, true), (fetched.Type, fetched.HashWasTold));
        Assert.Equal(
            [$"{Graph}v26.0/1020304050?phone_number_id=100000000000001 Bearer {Token}", $"{Files}a Bearer {Token}", $"{Files}b Bearer {Token}", $"{Elsewhere}c "],
            _wire.Calls);
    }

    [Theory]
    [InlineData("https://evil.example/a")]
    [InlineData("http://files.example/a")]
    [InlineData("https://files.example:8443/a")]
    [InlineData("https://files.example@evil.example/a")]
    [InlineData("file:///etc/passwd")]
    public async Task No_host_but_Metas_is_ever_called(string address)
    {
        _wire.LookUp($$"""{"url":"{{address}}"}""");
        Assert.IsType<FetchOutcome.StrangeAddress>(await FetchAsync());
        Assert.Single(_wire.Calls);

        _wire.Calls.Clear();
        _wire.LookUp($$"""{"url":"{{Files}}a"}""");
        _wire.On(Files + "a", () => Wire.Redirect(address));
        Assert.IsType<FetchOutcome.StrangeAddress>(await FetchAsync());
        Assert.Equal(2, _wire.Calls.Count);
    }

    [Fact]
    public async Task A_file_that_is_announced_as_too_large_is_not_asked_for()
    {
        _wire.LookUp($$"""{"url":"{{Files}}a","file_size":"104857601"}""");
        Assert.IsType<FetchOutcome.TooLarge>(await FetchAsync());
        Assert.Single(_wire.Calls);

        _wire.LookUp($$"""{"url":"{{Files}}a"}""");
        _wire.On(Files + "a", () => Wire.Content(Picture, announced: 104_857_601));
        Assert.IsType<FetchOutcome.TooLarge>(await FetchAsync());
        Assert.Equal(0, _written.Length);
    }

    [Fact]
    public async Task A_file_without_any_hash_is_taken_and_that_is_noted()
    {
        _wire.LookUp($$"""{"url":"{{Files}}a"}""");
        _wire.On(Files + "a", () => Wire.Content(Picture));

        Assert.False(Assert.IsType<FetchOutcome.Fetched>(await FetchAsync()).HashWasTold);
    }

    [Fact]
    public async Task Every_hash_that_was_told_must_be_the_files()
    {
        string inBase64 = Convert.ToBase64String(SHA256.HashData(Picture));
        string another = new('0', 64);
        _wire.On(Files + "a", () => Wire.Content(Picture));

        _wire.LookUp($$"""{"url":"{{Files}}a","sha256":"{{inBase64}}"}""");
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(Digest));
        Assert.IsType<FetchOutcome.WrongHash>(await FetchAsync(another));
        _wire.LookUp($$"""{"url":"{{Files}}a","sha256":"{{another}}"}""");
        Assert.IsType<FetchOutcome.WrongHash>(await FetchAsync(Digest));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(14)]
    public async Task A_file_of_another_length_than_told_is_none(int told)
    {
        _wire.LookUp($$"""{"url":"{{Files}}a","file_size":{{told}}}""");
        _wire.On(Files + "a", () => Wire.Content(Picture));

        Assert.IsType<FetchOutcome.WrongLength>(await FetchAsync());
    }

    [Theory]
    [InlineData(200, """{"error":{"code":190}}""", typeof(FetchOutcome.TokenRefused))]
    [InlineData(401, "", typeof(FetchOutcome.TokenRefused))]
    [InlineData(403, """{"error":{"code":10}}""", typeof(FetchOutcome.TokenRefused))]
    [InlineData(400, """{"error":{"code":100,"error_subcode":33}}""", typeof(FetchOutcome.NotThere))]
    [InlineData(404, "", typeof(FetchOutcome.NotThere))]
    [InlineData(400, """{"error":{"code":80007}}""", typeof(FetchOutcome.Unreachable))]
    [InlineData(500, """{"error":{"code":131000}}""", typeof(FetchOutcome.Unreachable))]
    [InlineData(503, "<html>", typeof(FetchOutcome.Unreachable))]
    [InlineData(200, "{}", typeof(FetchOutcome.Unreachable))]
    [InlineData(200, """{"url":"no address"}""", typeof(FetchOutcome.Unreachable))]
    public async Task What_Graph_answers_instead_has_its_outcome(int status, string answer, Type outcome)
    {
        _wire.LookUp(answer, status);

        Assert.IsType(outcome, await FetchAsync());
    }

    [Theory]
    [InlineData(401, typeof(FetchOutcome.TokenRefused))]
    [InlineData(404, typeof(FetchOutcome.NotThere))]
    [InlineData(206, typeof(FetchOutcome.Unreachable))]
    [InlineData(500, typeof(FetchOutcome.Unreachable))]
    public async Task What_the_download_host_answers_instead_has_its_outcome(int status, Type outcome)
    {
        _wire.LookUp($$"""{"url":"{{Files}}a"}""");
        _wire.On(Files + "a", () => new HttpResponseMessage((HttpStatusCode)status));

        Assert.IsType(outcome, await FetchAsync());
    }

    private async Task<FetchOutcome> FetchAsync(string? told = null)
    {
        using HttpClient http = new(_wire, disposeHandler: false);
        MediaDownload download = new(
            new GraphFiles(http, new GraphOptions { BaseAddress = new Uri(Graph) }, TimeProvider.System),
            new MediaHttp(http, [new Subprocessor("meta", new Uri(Graph)), new Subprocessor("meta", new Uri(Files)), new Subprocessor("meta", new Uri(Elsewhere))]),
            TimeProvider.System);
        return await download.FetchAsync(
            new MediaFile { Id = "1020304050", Sha256 = told },
            new NumberCredentials(Guid.Empty, "100000000000001", Token, []),
            () => Task.FromResult(new MediaWriter(_written, new KeyMaterial(new byte[32]), Guid.Empty, Guid.Empty)),
            Cancellation);
    }

    private sealed class Wire : HttpMessageHandler
    {
        private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = [];

        public List<string> Calls { get; } = [];

        public void On(string address, Func<HttpResponseMessage> answer) => _answers[address] = answer;

        public void LookUp(string json, int status = 200) => On(
            Graph, () => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

        public static HttpResponseMessage Redirect(string to) => new(HttpStatusCode.Found) { Headers = { Location = new Uri(to, UriKind.RelativeOrAbsolute) } };

        public static HttpResponseMessage Content(byte[] content, long? announced = null)
        {
            HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(content)) };
            response.Content.Headers.ContentLength = announced;
            return response;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string address = request.RequestUri!.AbsoluteUri;
            Calls.Add($"{address} {request.Headers.Authorization}");
            return Task.FromResult(_answers[address.StartsWith(Graph, StringComparison.Ordinal) ? Graph : address]());
        }
    }
}
