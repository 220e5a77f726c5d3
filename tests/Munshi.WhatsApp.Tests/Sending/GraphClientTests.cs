using System.Diagnostics;
using System.Text;
using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Tests.Sending;

public sealed class GraphClientTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(400, 131056, RetryClass.RetryPair)]
    [InlineData(400, 130429, RetryClass.Retry)]
    [InlineData(500, 131000, RetryClass.Retry)]
    [InlineData(400, 132015, RetryClass.Wait)]
    [InlineData(400, 131047, RetryClass.Fail)]
    [InlineData(401, 190, RetryClass.StopSender)]
    [InlineData(200, 100, RetryClass.Fail)]
    public async Task Graph_error_is_a_refusal_with_its_class(int status, int code, RetryClass retryClass)
    {
        await using LoopbackServer server = LoopbackServer.Answering(status, $$$"""
            {"error":{"message":"(#{{{code}}}) Malformed access token {{{GraphSample.Token}}}","type":"OAuthException","code":{{{code}}},"error_data":{"messaging_product":"whatsapp","details":"what Meta says"},"fbtrace_id":"Az8"}}
            """);

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Refused(code, "what Meta says", status, "Az8", retryClass, null), outcome);
    }

    [Theory]
    [InlineData("Retry-After: 30\r\n", 30)]
    [InlineData("Retry-After: 999999999\r\n", 86_400)]
    [InlineData("Retry-After: Sat, 21 Nov 2026 06:01:30 GMT\r\n", 90)]
    [InlineData("Retry-After: Sat, 21 Nov 2020 06:00:00 GMT\r\n", 0)]
    [InlineData("Retry-After: soon\r\n", null)]
    public async Task Wish_of_the_server_to_wait_is_passed_on(string header, int? seconds)
    {
        await using LoopbackServer server = LoopbackServer.Answering(400, """{"error":{"code":4}}""", header);
        FixedClock clock = new(new DateTimeOffset(2026, 11, 21, 6, 0, 0, TimeSpan.Zero));

        SendOutcome outcome = await Client(server.Address, clock).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(seconds, Assert.IsType<SendOutcome.Refused>(outcome).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(307, RetryClass.Wait)]
    [InlineData(404, RetryClass.Wait)]
    [InlineData(403, RetryClass.StopSender)]
    [InlineData(429, RetryClass.Retry)]
    public async Task Refusal_by_something_before_meta_has_no_code(int status, RetryClass retryClass)
    {
        await using LoopbackServer server = LoopbackServer.Answering(status, "<html>no</html>", "Location: http://127.0.0.1:9/\r\n");

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Refused(GraphErrorClass.NoCode, null, status, null, retryClass, null), outcome);
    }

    [Theory]
    [InlineData(200, "", UncertainReason.Unreadable)]
    [InlineData(200, "garbage", UncertainReason.Unreadable)]
    [InlineData(200, "[]", UncertainReason.Unreadable)]
    [InlineData(200, """{"messages":[]}""", UncertainReason.Unreadable)]
    [InlineData(200, """{"messages":[{"id":""}]}""", UncertainReason.Unreadable)]
    [InlineData(200, """{"messages":[{"id":"\ud800"}]}""", UncertainReason.Unreadable)]
    [InlineData(204, "", UncertainReason.Unreadable)]
    [InlineData(500, "", UncertainReason.ServerFault)]
    [InlineData(502, "<html>Bad gateway</html>", UncertainReason.ServerFault)]
    [InlineData(503, """{"error":"down"}""", UncertainReason.ServerFault)]
    public async Task Answer_that_tells_nothing_leaves_the_send_uncertain(int status, string body, UncertainReason reason)
    {
        await using LoopbackServer server = LoopbackServer.Answering(status, body);

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Uncertain(reason), outcome);
    }

    [Theory]
    [InlineData(256 * 1024, true)]
    [InlineData((256 * 1024) + 1, false)]
    public async Task Answers_are_read_to_256_kibibytes(int size, bool isRead)
    {
        string body = GraphSample.AcceptedBody.PadRight(size);
        await using LoopbackServer server = LoopbackServer.Answering($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}");

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(
            isRead ? new SendOutcome.Accepted("wamid.OUT06", "919000000101", "IN.77") : new SendOutcome.Uncertain(UncertainReason.Unreadable),
            outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\":[{\"id\":\"wamid")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    public async Task Broken_answer_leaves_the_send_uncertain(string response)
    {
        await using LoopbackServer server = LoopbackServer.Answering(response);

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Uncertain(UncertainReason.ConnectionBroken), outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Refusal_whose_body_breaks_off_is_still_a_refusal()
    {
        await using LoopbackServer server = LoopbackServer.Answering("HTTP/1.1 429 X\r\nContent-Length: 500\r\n\r\n{\"err");

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(RetryClass.Retry, Assert.IsType<SendOutcome.Refused>(outcome).Class);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")]
    public async Task Server_that_hangs_leaves_the_send_uncertain(string beginning)
    {
        ExpiringClock clock = new();
        await using LoopbackServer server = Hanging(beginning, clock.Expire);

        SendOutcome outcome = await Client(server.Address, clock).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Uncertain(UncertainReason.TimedOut), outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancelling_before_sending_sends_nothing()
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, GraphSample.AcceptedBody);

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, new CancellationToken(canceled: true));

        Assert.Equal(new SendOutcome.NotSent(NotSentReason.Cancelled), outcome);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Cancelling_after_the_message_left_is_uncertain()
    {
        using CancellationTokenSource cancel = new();
        await using LoopbackServer server = new(async (server, stream, token) =>
        {
            await server.ReceiveAsync(stream, token);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, cancel.Token);

        Assert.Equal(new SendOutcome.Uncertain(UncertainReason.Cancelled), outcome);
    }

    [Fact]
    public async Task Refused_connection_is_not_sent()
    {
        SendOutcome outcome = await Client(LoopbackServer.Deserted()).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.NotSent(NotSentReason.ConnectionFailed), outcome);
    }

    [Fact]
    public async Task Unknown_host_is_not_sent()
    {
        SendOutcome outcome = await Client(new Uri("http://graph.invalid/")).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.NotSent(NotSentReason.NameNotResolved), outcome);
    }

    [Fact]
    public async Task Failed_tls_handshake_is_not_sent()
    {
        await using LoopbackServer server = new((_, stream, token) =>
            stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), token).AsTask());

        SendOutcome outcome = await Client(server.SecureAddress).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.NotSent(NotSentReason.TlsFailed), outcome);
    }

    [Fact]
    public async Task Time_out_before_the_message_left_is_not_sent()
    {
        ExpiringClock clock = new();
        await using LoopbackServer server = new(async (_, stream, token) =>
        {
            await stream.ReadExactlyAsync(new byte[1], token); // the handshake has begun
            clock.Expire();
            await Task.Delay(Timeout.Infinite, token);
        });

        SendOutcome outcome = await Client(server.SecureAddress, clock).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.NotSent(NotSentReason.TimedOut), outcome);
    }

    [Fact]
    public async Task Request_that_a_handler_refuses_is_not_sent()
    {
        using HttpClient http = new(new RefusingHandler());
        GraphClient client = new(http, new GraphOptions(), TimeProvider.System);

        SendOutcome outcome = await client.SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.NotSent(NotSentReason.NotConnected), outcome);
    }

    [Fact]
    public async Task Time_out_of_the_http_client_itself_is_uncertain_too()
    {
        await using LoopbackServer server = Hanging("", () => { });
        _http.Timeout = TimeSpan.FromSeconds(1);

        SendOutcome outcome = await Client(server.Address).SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

        Assert.Equal(new SendOutcome.Uncertain(UncertainReason.TimedOut), outcome);
    }

    [Fact]
    public async Task Damaged_answers_never_throw()
    {
        SeededNumbers numbers = new(seed: 7);
        JsonMutator mutator = new(numbers);
        string[] answers = [GraphSample.AcceptedBody, """{"error":{"message":"x","code":131056,"error_data":{"details":"d"},"fbtrace_id":"A"}}"""];
        int[] statuses = [200, 400, 500];
        using ScriptedHandler handler = new();
        using HttpClient http = new(handler);
        GraphClient client = new(http, new GraphOptions(), TimeProvider.System);
        HashSet<Type> outcomes = [];
        for (int i = 0; i < 2000; i++)
        {
            handler.Next(statuses[numbers.Below(3)], mutator.Mutate(answers[numbers.Below(2)]));

            SendOutcome outcome = await client.SendAsync(GraphSample.Request, TestContext.Current.CancellationToken);

            outcomes.Add(outcome.GetType());
        }

        Assert.Equal(3, outcomes.Count);
        Assert.DoesNotContain(typeof(SendOutcome.NotSent), outcomes);
    }

    private static LoopbackServer Hanging(string beginning, Action thenDo) => new(async (server, stream, token) =>
    {
        await server.ReceiveAsync(stream, token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), token);
        thenDo();
        await Task.Delay(Timeout.Infinite, token);
    });

    private GraphClient Client(Uri address, TimeProvider? clock = null) => GraphSample.Client(_http, address, clock);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class RefusingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("This host is not on the list.");
    }

    private sealed class ScriptedHandler : HttpMessageHandler
    {
        private HttpResponseMessage? _next;

        public void Next(int status, byte[] body) =>
            _next = new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new ByteArrayContent(body) };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return _next ?? throw new UnreachableException();
        }
    }
}
