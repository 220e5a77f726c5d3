using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Munshi.Keyring;
using Munshi.Tests.Running;

namespace Munshi.Tests.Intake;

public sealed class ReceiveWebhookTests(SharedServer shared) : IClassFixture<SharedServer>
{
    // printf '{"object":"whatsapp_business_account","entry":[]}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    private const string EmptyDelivery = """{"object":"whatsapp_business_account","entry":[]}""";
    private const string EmptyDeliverySignature = "sha256=eefab58106e73358686845848feb95c56372e7391b3dc050b6a31c8c5f347ece";

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_signed_by_openssl_is_answered_200()
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);

        Assert.Equal(HttpStatusCode.OK, await meta.PostAsync(Encoding.UTF8.GetBytes(EmptyDelivery), EmptyDeliverySignature, Cancellation));
    }

    [Fact]
    public async Task A_delivery_is_a_row_when_it_is_answered_200()
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        for (int length = 1000; length < 1010; length++)
        {
            byte[] body = Unrouted(length);

            HttpStatusCode answer = await meta.DeliverAsync(body, Cancellation);

            Assert.Equal((HttpStatusCode.OK, 1), (answer, await RowsAsync(body)));
        }
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("wrong secret")]
    [InlineData("other body")]
    [InlineData("upper case")]
    [InlineData("truncated")]
    [InlineData("without scheme")]
    [InlineData("sha1")]
    [InlineData("trailing")]
    public async Task A_delivery_with_a_bad_signature_is_answered_401_and_leaves_no_row(string fault)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        byte[] body = Unrouted(2000 + fault.Length);
        string good = MetaClient.Sign(body, RunningServer.AppSecret);
        string? signature = fault switch
        {
            "missing" => null,
            "empty" => "",
            "wrong secret" => MetaClient.Sign(body, "fedcba9876543210fedcba9876543210"),
            "other body" => MetaClient.Sign([.. body, (byte)' '], RunningServer.AppSecret),
            "upper case" => "sha256=" + good["sha256=".Length..].ToUpperInvariant(),
            "truncated" => good[..^1],
            "without scheme" => good["sha256=".Length..],
            "sha1" => "sha1=" + good["sha256=".Length..],
            _ => good + "0",
        };

        HttpStatusCode answer = await meta.PostAsync(body, signature, Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, 0), (answer, await RowsAsync(body)));
    }

    [Fact]
    public async Task A_delivery_for_an_unknown_app_is_answered_404()
    {
        using MetaClient meta = new(new Uri(_server.Address, $"webhooks/whatsapp/{Guid.NewGuid()}"), RunningServer.AppSecret);

        Assert.Equal(HttpStatusCode.NotFound, await meta.DeliverAsync(Unrouted(3000), Cancellation));
    }

    [Fact]
    public async Task A_body_of_5_MiB_is_answered_413_and_leaves_no_row()
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        byte[] body = Unrouted(5 * 1024 * 1024);

        HttpStatusCode answer = await meta.DeliverAsync(body, Cancellation);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 0), (answer, await RowsAsync(body)));
    }

    [Fact]
    public async Task A_body_of_3_MB_is_kept()
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        byte[] body = Unrouted(3_000_000);

        HttpStatusCode answer = await meta.DeliverAsync(body, Cancellation);

        Assert.Equal((HttpStatusCode.OK, 1), (answer, await RowsAsync(body)));
    }

    [Theory]
    [InlineData("{\"object\":\"whatsapp_business_account\",")]
    [InlineData("[]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("")]
    public async Task What_is_signed_but_no_delivery_is_kept_as_malformed(string text)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        byte[] body = Encoding.UTF8.GetBytes(text);
        long before = await MalformedAsync(body);

        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));

        await Sandbox.Eventually.TrueAsync(async () => await MalformedAsync(body) == before + 1);
    }

    [Fact]
    public async Task The_handshake_with_the_right_token_returns_the_challenge_as_plain_text()
    {
        using HttpClient http = new();

        using HttpResponseMessage answer = await http.GetAsync(
            $"{_server.Webhook}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={RunningServer.VerifyToken}", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("1158201444", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=wrong")]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444")]
    [InlineData("hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token=" + RunningServer.VerifyToken)]
    public async Task The_handshake_with_anything_else_is_answered_403(string query)
    {
        using HttpClient http = new();

        using HttpResponseMessage answer = await http.GetAsync($"{_server.Webhook}?{query}", Cancellation);

        Assert.Equal(StatusCodes.Status403Forbidden, (int)answer.StatusCode);
        Assert.DoesNotContain("1158201444", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>A delivery without messages, of exactly this many bytes: its length finds its row.</summary>
    private static byte[] Unrouted(int length) => Encoding.UTF8.GetBytes(EmptyDelivery.Replace("[]", $"[{new string(' ', length - EmptyDelivery.Length)}]", StringComparison.Ordinal));

    private Task<int> RowsAsync(byte[] body) => _server.Database.ScalarAsync<int>(
        $"SELECT count(*)::int FROM intake.delivery WHERE octet_length(body_sealed) = {body.Length + SealedValue.Overhead}");

    private Task<long> MalformedAsync(byte[] body) => _server.Database.ScalarAsync<long>(
        $"SELECT count(*) FROM intake.delivery WHERE octet_length(body_sealed) = {body.Length + SealedValue.Overhead} AND problem = 'malformed'");
}
