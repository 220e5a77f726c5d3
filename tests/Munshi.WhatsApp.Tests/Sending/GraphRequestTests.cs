using System.Text.Json;
using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Tests.Sending;

public sealed class GraphRequestTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Text_travels_as_meta_documents_it()
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, GraphSample.AcceptedBody);

        SendOutcome outcome = await Client(server.Address).SendAsync(
            GraphSample.Request with { QuotedMessageId = "wamid.IN01", CallbackData = "outbox:01JD" }, TestContext.Current.CancellationToken);

        CapturedRequest sent = Assert.Single(server.Requests);
        Assert.Equal(new SendOutcome.Accepted("wamid.OUT06", "919000000101", "IN.77"), outcome);
        Assert.Equal("POST /v26.0/555000111222333/messages HTTP/1.1", sent.RequestLine);
        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919000000101","type":"text","text":{"preview_url":false,"body":"Yes, sizes M and L."},"context":{"message_id":"wamid.IN01"},"biz_opaque_callback_data":"outbox:01JD"}""",
            sent.Body);
        Assert.Equal(
            [("Authorization", "Bearer " + GraphSample.Token), ("Content-Length", $"{sent.Body.Length}"), ("Content-Type", "application/json"), ("User-Agent", "Munshi")],
            sent.Headers.Where(header => header.Key is not ("Host" or "traceparent")).Select(header => (header.Key, header.Value)).Order());
    }

    [Fact]
    public async Task User_id_travels_as_recipient_and_never_as_to()
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, GraphSample.AcceptedBody);

        await Client(server.Address).SendAsync(GraphSample.Request with { Recipient = new SendRecipient.User("IN.77") }, TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"IN.77","type":"text","text":{"preview_url":false,"body":"Yes, sizes M and L."}}""",
            Assert.Single(server.Requests).Body);
    }

    [Fact]
    public async Task Any_text_arrives_as_written()
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, GraphSample.AcceptedBody);

        await Client(server.Address).SendAsync(
            GraphSample.Request with { Content = new OutboundText("नमस्ते \"जी\" <b> 🙏\n\\ half \ud83d of a pair") }, TestContext.Current.CancellationToken);

        using JsonDocument body = JsonDocument.Parse(Assert.Single(server.Requests).Body);
        Assert.Equal("नमस्ते \"जी\" <b> 🙏\n\\ half \uFFFD of a pair", body.RootElement.GetProperty("text").GetProperty("body").GetString());
    }

    [Theory]
    [InlineData(false, """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN01"}""")]
    [InlineData(true, """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN01","typing_indicator":{"type":"text"}}""")]
    public async Task Read_mark_travels_as_meta_documents_it(bool typing, string body)
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, """{"success":true}""");

        SendOutcome outcome = await Client(server.Address).SendReadMarkAsync(
            new ReadMarkRequest { PhoneNumberId = "555000111222333", AccessToken = GraphSample.Token, MessageId = "wamid.IN01", Typing = typing },
            TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Accepted("wamid.IN01", null, null), outcome);
        Assert.Equal(body, Assert.Single(server.Requests).Body);
    }

    [Fact]
    public async Task Path_of_the_base_address_and_the_version_are_kept()
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, GraphSample.AcceptedBody);
        GraphClient client = new(_http, new GraphOptions { BaseAddress = new Uri(server.Address, "graph"), Version = "v25.0" }, TimeProvider.System);

        await client.SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal("POST /graph/v25.0/555000111222333/messages HTTP/1.1", Assert.Single(server.Requests).RequestLine);
    }

    [Theory]
    [InlineData("555/../me", GraphSample.Token, "x")]
    [InlineData("", GraphSample.Token, "x")]
    [InlineData("555000111222333", "secret\r\nX: 1", "x")]
    [InlineData("555000111222333", "", "x")]
    [InlineData("555000111222333", GraphSample.Token, "")]
    public async Task Request_that_could_never_be_sent_is_an_argument_error_that_repeats_none_of_it(string numberId, string token, string text)
    {
        SendRequest request = GraphSample.Request with { PhoneNumberId = numberId, AccessToken = token, Content = new OutboundText(text) };

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(
            () => Client(LoopbackServer.Deserted()).SendAsync(request, TestContext.Current.CancellationToken));

        Assert.DoesNotContain("secret", error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("555", error.ToString());
    }

    [Fact]
    public async Task Text_is_sent_to_4096_characters_and_no_further()
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, GraphSample.AcceptedBody);

        Assert.IsType<SendOutcome.Accepted>(await Client(server.Address).SendAsync(
            GraphSample.Request with { Content = new OutboundText(new string('a', 4096)) }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => Client(server.Address).SendAsync(
            GraphSample.Request with { Content = new OutboundText(new string('a', 4097)) }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ftp://graph.facebook.com/", "v26.0")]
    [InlineData("graph", "v26.0")]
    [InlineData("https://graph.facebook.com/", "26.0")]
    [InlineData("https://graph.facebook.com/", "v26")]
    [InlineData("https://graph.facebook.com/", "v26.0/../v1.0")]
    public void Wrong_options_are_refused(string address, string version) =>
        Assert.Throws<ArgumentException>(() => new GraphClient(
            _http, new GraphOptions { BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute), Version = version }, TimeProvider.System));

    [Fact]
    public void Nothing_printed_shows_a_token_a_number_or_a_text()
    {
        string printed = string.Join('\n', GraphSample.Request, GraphSample.Request.Recipient, new SendRecipient.User("IN.77"),
            new ReadMarkRequest { PhoneNumberId = "1", AccessToken = GraphSample.Token, MessageId = "wamid.IN01" },
            new SendOutcome.Accepted("wamid.OUT06", "919000000101", "IN.77"),
            new SendOutcome.Refused(131047, "details of 919000000101", 400, "Az8", RetryClass.Fail, null));

        Assert.Equal(
            "SendRequest\nPhone\nUser\nReadMarkRequest\nAccepted\nRefused { Code = 131047, HttpStatus = 400, Class = Fail }",
            printed);
    }

    private GraphClient Client(Uri address) => GraphSample.Client(_http, address, clock: null);
}
