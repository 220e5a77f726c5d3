using Munshi.WhatsApp.Files;
using Munshi.WhatsApp.Sending;
using Munshi.WhatsApp.Tests.Sending;

namespace Munshi.WhatsApp.Tests.Files;

public sealed class GraphUploadsTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task An_upload_carries_product_type_and_file_and_gives_Metas_id()
    {
        await using LoopbackServer server = LoopbackServer.Answering(200, """{"id":"909080807070"}""");

        FileUpload outcome = await UploadAsync(server.Address);

        Assert.Equal(new FileUpload.Kept("909080807070"), outcome);
        CapturedRequest request = Assert.Single(server.Requests);
        Assert.Equal("POST /v26.0/555000111222333/media HTTP/1.1", request.RequestLine);
        Assert.Equal($"Bearer {GraphSample.Token}", request.Headers["Authorization"]);
        Assert.Matches("(?s)name=\"?messaging_product\"?\r\n\r\nwhatsapp\r\n.*name=\"?type\"?\r\n\r\ntext/plain\r\n.*Content-Type: text/plain\r\n.*name=\"?file\"?;.*\r\n\r\nrates for sarees\r\n", request.Body);
    }

    [Theory]
    [InlineData(401, """{"error":{"code":190}}""", 190, RetryClass.StopSender)]
    [InlineData(500, """{"error":{"code":131000}}""", 131000, RetryClass.Retry)]
    [InlineData(400, """{"error":{"code":131053}}""", 131053, RetryClass.Fail)]
    [InlineData(429, "<html>slow down</html>", GraphErrorClass.NoCode, RetryClass.Retry)]
    public async Task What_Meta_refuses_is_a_refusal_with_its_class(int status, string body, int code, RetryClass retryClass)
    {
        await using LoopbackServer server = LoopbackServer.Answering(status, body);

        FileUpload.Failed failed = Assert.IsType<FileUpload.Failed>(await UploadAsync(server.Address));

        SendOutcome.Refused refused = Assert.IsType<SendOutcome.Refused>(failed.Outcome);
        Assert.Equal((code, retryClass), (refused.Code, refused.Class));
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"id\":\"../ab\"}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"id\"")]
    [InlineData("")]
    public async Task What_came_to_nothing_was_not_sent_and_never_uncertain(string answer)
    {
        await using LoopbackServer server = LoopbackServer.Answering(answer);

        FileUpload.Failed failed = Assert.IsType<FileUpload.Failed>(await UploadAsync(server.Address));

        Assert.IsType<SendOutcome.NotSent>(failed.Outcome);
    }

    [Fact]
    public async Task An_upload_that_is_never_answered_ends_and_was_not_sent()
    {
        await using LoopbackServer server = new(async (_, _, token) => await Task.Delay(Timeout.Infinite, token));

        FileUpload.Failed failed = Assert.IsType<FileUpload.Failed>(await UploadAsync(server.Address, TimeSpan.FromMilliseconds(200)));

        Assert.Equal(new SendOutcome.NotSent(NotSentReason.TimedOut), failed.Outcome);
    }

    private async Task<FileUpload> UploadAsync(Uri address, TimeSpan? timeout = null)
    {
        byte[] content = "rates for sarees"u8.ToArray();
        using MemoryStream stream = new(content);
        GraphUploads uploads = new(_http, new GraphOptions { BaseAddress = address, Timeout = timeout ?? TimeSpan.FromSeconds(20) }, TimeProvider.System);
        UploadFile file = new() { PhoneNumberId = "555000111222333", AccessToken = GraphSample.Token, ContentType = "text/plain", Content = stream, Length = content.Length };
        return await uploads.UploadAsync(file, Cancellation);
    }
}
