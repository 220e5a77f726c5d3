using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Munshi.Sandbox.Mail;

namespace Munshi.Tests.Sandbox;

/// <summary>The mail server by RFC 5321, spoken to over a bare socket.</summary>
public sealed class MailServerTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;
    private TcpClient _client = null!;
    private StreamReader _reader = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));
        JsonElement server = await _sandbox.Http.GetFromJsonAsync<JsonElement>("mail/server", Cancellation);
        _client = new TcpClient();
        await _client.ConnectAsync("127.0.0.1", server.GetProperty("port").GetInt32(), Cancellation);
        _reader = new StreamReader(_client.GetStream(), Encoding.ASCII);
        Assert.StartsWith("220 ", await ReadAsync(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _client.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_arrives_as_it_was_sent_with_its_dots_taken_back()
    {
        Assert.Contains("SIZE 1048576", await SayAsync("EHLO shop.example"), StringComparison.Ordinal);
        await SayAsync("MAIL FROM:<a@shop.example>", "250");
        await SayAsync("RCPT TO:<b@shop.example>", "250");
        await SayAsync("RCPT TO:<c@shop.example>", "250");
        await SayAsync("DATA", "354");
        await SayAsync("Subject: =?utf-8?B?4KSo4KSu4KS4?=\r\n =?utf-8?Q?_=E0=A4=A4=E0=A5=87?=\r\nMessage-ID: <1@shop.example>\r\n\r\nfirst\r\n..second\r\n...\r\n.", "250");
        await SayAsync("QUIT", "221");

        ReceivedMail mail = Assert.Single((await _sandbox.Http.GetFromJsonAsync<ReceivedMail[]>("mail/messages?wait=5", Cancellation))!);
        Assert.Equal(("a@shop.example", "<1@shop.example>"), (mail.From, mail.MessageId));
        Assert.Equal(["b@shop.example", "c@shop.example"], mail.To);
        Assert.Equal("नमस ते", mail.Subject); // printf '4KSo4KSu4KS4' | base64 -d
        Assert.Equal("first\n.second\n..\n", mail.Text);
    }

    [Fact]
    public async Task Commands_out_of_order_or_unknown_are_refused()
    {
        await SayAsync("MAIL FROM:<a@shop.example>", "503");
        await SayAsync("EHLO shop.example", "250");
        await SayAsync("RCPT TO:<b@shop.example>", "503");
        await SayAsync("DATA", "503");
        await SayAsync("MAIL FROM:a@shop.example", "501");
        await SayAsync("MAIL FROM:<a@shop.example>", "250");
        await SayAsync("RCPT TO:<b@shop.example> <c@shop.example>", "250");
        await SayAsync("RSET", "250");
        await SayAsync("DATA", "503");
        await SayAsync("TURN", "502");
        await SayAsync(new string('x', 5000), "500");
    }

    [Fact]
    public async Task A_mail_that_is_too_big_is_refused_by_its_announcement_and_by_its_length()
    {
        await SayAsync("EHLO shop.example", "250");
        await SayAsync("MAIL FROM:<a@shop.example> SIZE=1048577", "552");
        await SayAsync("MAIL FROM:<a@shop.example> SIZE=10", "250");
        await SayAsync("RCPT TO:<b@shop.example>", "250");
        await SayAsync("DATA", "354");
        await SayAsync(string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 1100)) + ".", "552");

        Assert.Empty((await _sandbox.Http.GetFromJsonAsync<ReceivedMail[]>("mail/messages", Cancellation))!);
    }

    [Fact]
    public async Task Faults_refuse_for_good_and_for_now()
    {
        using HttpResponseMessage switched = await _sandbox.PutAsync("/control/faults", """{"mailReject":1,"mailDefer":1}""");
        await SayAsync("EHLO shop.example", "250");
        await SayAsync("MAIL FROM:<a@shop.example>", "250");
        await SayAsync("RCPT TO:<b@shop.example>", "550");
        await SayAsync("RCPT TO:<b@shop.example>", "451");
        await SayAsync("RCPT TO:<b@shop.example>", "250");
    }

    [Fact]
    public async Task The_mailbox_page_shows_hostile_words_as_words()
    {
        await SayAsync("EHLO shop.example", "250");
        await SayAsync("MAIL FROM:<a@shop.example>", "250");
        await SayAsync("RCPT TO:<b@shop.example>", "250");
        await SayAsync("DATA", "354");
        await SayAsync("Subject: <script>alert(1)</script>\r\n\r\nHello\r\n.", "250");

        string page = await _sandbox.Http.GetStringAsync("mail", Cancellation);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    private async Task SayAsync(string line, string code) => Assert.StartsWith(code, await SayAsync(line), StringComparison.Ordinal);

    private async Task<string> SayAsync(string line)
    {
        await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), Cancellation);
        return await ReadAsync();
    }

    /// <summary>An answer, of all its lines.</summary>
    private async Task<string> ReadAsync()
    {
        StringBuilder answer = new();
        string line;
        do
        {
            line = await _reader.ReadLineAsync(Cancellation) ?? throw new IOException("The server hung up.");
            answer.AppendLine(line);
        }
        while (line.Length > 3 && line[3] == '-');
        return answer.ToString();
    }
}
