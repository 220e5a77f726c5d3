using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Postgres;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Running;

/// <summary>The ten complaints that users have of other products, each as a promise to the running server.</summary>
public sealed class ComplaintTests(DashboardServer shared, PostgresTemplate postgres) : IClassFixture<DashboardServer>
{
    private const string Question = "What are your timings?";

    private static int _customers;

    private readonly string _customer = $"91900000{Interlocked.Increment(ref _customers) + 8000}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Fact]
    public async Task What_was_answered_200_is_not_lost_although_the_server_ends_before_it_is_worked_on()
    {
        JsonObject[] messages = [.. Enumerable.Range(0, 50).Select(i => MetaPayload.Text(_customer, $"message {i}"))];
        await Server.RestartAsync(() => Task.CompletedTask);
        await DeliverAsync(MetaPayload.Messages(messages));
        await Server.RestartAsync(() => Task.CompletedTask);

        await Server.SettledAsync();

        Assert.Equal(
            messages.Select(message => (string)message["text"]!["body"]!),
            (await Server.MessagesAsync(_customer)).Where(message => message.Direction == "in").Select(message => message.Text));
    }

    [Fact]
    public async Task All_of_a_batch_is_taken_and_not_only_its_first()
    {
        JsonObject First(int i) => MetaPayload.Change(RunningServer.PhoneNumberId, "messages", MetaPayload.Text(_customer, $"{i} first"), MetaPayload.Text(_customer, $"{i} second"));
        JsonObject batch = JsonNode.Parse(MetaPayload.Delivery(First(0), First(1)))!.AsObject();
        batch["entry"]!.AsArray().Add(JsonNode.Parse(MetaPayload.Delivery(First(2)))!["entry"]![0]!.DeepClone());

        await DeliverAsync(JsonSerializer.SerializeToUtf8Bytes(batch));
        await Server.SettledAsync();

        Assert.Equal(
            ["0 first", "0 second", "1 first", "1 second", "2 first", "2 second"],
            (await Server.MessagesAsync(_customer)).Where(message => message.Direction == "in").Select(message => message.Text).Order());
    }

    [Fact]
    public async Task A_forged_webhook_is_refused_and_leaves_nothing()
    {
        byte[] forged = MetaPayload.Messages(MetaPayload.Text(_customer, "Send the refund to me"));
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);

        Assert.Equal(HttpStatusCode.Unauthorized, await meta.PostAsync(forged, MetaClient.Sign(forged, RunningServer.VerifyToken), Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, await meta.PostAsync(forged, signature: null, Cancellation));

        Assert.Null(await Server.FindConversationAsync(_customer));
    }

    [Fact]
    public async Task A_message_that_comes_three_times_stands_once_and_is_answered_once()
    {
        byte[] delivery = MetaPayload.Messages(MetaPayload.Text(_customer, Question));
        await DeliverAsync(delivery);
        await Server.SettledAsync();
        await DeliverAsync(delivery);
        await DeliverAsync(delivery);
        await Server.SettledAsync();

        Assert.Equal(["in", "out"], (await Server.MessagesAsync(_customer)).Select(message => message.Direction));
    }

    [Fact]
    public async Task Ticks_never_go_backwards()
    {
        Guid answer = (await AnsweredAsync()).Id;
        foreach (string told in new[] { "read", "delivered", "sent", "failed" })
        {
            await DeliverAsync(MetaPayload.Statuses(MetaPayload.Status(MetaPayload.NewId(), told, _customer, answer.ToString())));
            await Server.SettledAsync();
        }

        Assert.Equal("read", (await Server.MessagesAsync(_customer)).Single(message => message.Id == answer).Status);
    }

    [Fact]
    public async Task What_the_closed_window_forbids_is_not_shown_as_sent_and_says_why()
    {
        await AnsweredAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();
        string url = $"/inbox/{await Server.ConversationAsync(_customer)}";
        VisitedPage open = await owner.GetAsync(url);
        await Server.Database.AsSuperuserAsync("UPDATE vault.conversation SET window_from = now() - interval '25 hours'");

        VisitedPage answered = await owner.SubmitAsync(open, "#reply-form", ("text", "We open at ten."));
        await Server.SettledAsync();

        Assert.Contains("24 hours", (await owner.GetAsync(answered.Location ?? url)).Document.QuerySelector("#reply-box")!.TextContent, StringComparison.Ordinal);
        using SandboxPhone phone = new(Server, _customer);
        Assert.DoesNotContain(await phone.MessagesAsync(Cancellation), message => message.GetRawText().Contains("We open at ten.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_stays_when_Meta_has_forgotten_it_and_no_stranger_sees_it()
    {
        byte[] picture = [0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7 / 3))];
        using SandboxPhone phone = new(Server, _customer);
        await phone.SendAsync("saree.jpg", "image/jpeg", picture, Cancellation);
        await Server.SettledAsync();
        await Server.FaultsAsync(new { mediaExpired = true });
        using DashboardVisitor owner = await shared.OwnerAsync();
        string link = (await owner.GetAsync($"/inbox/{await Server.ConversationAsync(_customer)}")).Document.QuerySelector("a.media-picture")!.GetAttribute("href")!;
        string signed = (await owner.Http.GetAsync(link, Cancellation)).Headers.Location!.ToString();

        using HttpResponseMessage kept = await owner.Http.GetAsync(signed, Cancellation);
        Assert.Equal(picture, await kept.Content.ReadAsByteArrayAsync(Cancellation));
        using DashboardVisitor stranger = shared.NewVisitor();
        using HttpResponseMessage refused = await stranger.Http.GetAsync(signed, Cancellation);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        using HttpResponseMessage elsewhere = await other.Http.GetAsync(signed, Cancellation);
        Assert.NotEqual(HttpStatusCode.OK, elsewhere.StatusCode);
        await Server.FaultsAsync(new { mediaExpired = false });
    }

    [Fact]
    public async Task Who_deleted_what_and_when_is_proved_and_what_was_deleted_behind_its_back_is_found()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        JsonObject written = MetaPayload.Text(_customer, "my card ends in 0000");
        await DeliverAsync(server, MetaPayload.Messages(written));
        await DeliverAsync(server, MetaPayload.Messages(MetaPayload.Message(_customer, "revoke", new JsonObject { ["original_message_id"] = (string)written["id"]! })));
        await server.SettledAsync();
        IReadOnlyList<StoredMessage> messages = await server.MessagesAsync(_customer);
        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<bool>("SELECT NOT EXISTS (SELECT FROM audit.event e WHERE NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id))"));
        Assert.True((await server.Get<LedgerVerifier>().VerifyAsync(server.ClientId, Cancellation)).IsOk);

        Assert.Equal("my card ends in 0000", messages[0].Text);
        StoredMessage revocation = messages.Single(message => message.Kind == "revoke");
        Assert.StartsWith("customer:", await server.Database.ScalarAsync<string>(
            $"SELECT actor FROM audit.event WHERE object = 'message:{revocation.Id}'"), StringComparison.Ordinal);

        await server.Database.AsSuperuserAsync($"ALTER TABLE vault.message DISABLE TRIGGER ALL; DELETE FROM vault.message WHERE id = '{messages[0].Id}'");

        Assert.False((await server.Get<LedgerVerifier>().VerifyAsync(server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Everything_leaves_as_files_that_a_stranger_can_check()
    {
        await AnsweredAsync();
        DirectoryInfo directory = Directory.CreateTempSubdirectory("munshi-test-complaint-");
        try
        {
            string export = "";
            await Eventually.TrueAsync(async () =>
            {
                export = Path.Combine(directory.FullName, Path.GetRandomFileName());
                return await Server.Get<LedgerExport>().WriteAsync(Server.ClientId, export, TextWriter.Null, Cancellation) is ExportOutcome.Written written
                    && written.Size == await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM audit.event WHERE client_id = '{Server.ClientId}'");
            });

            Assert.All(await OfflineVerifier.BothAsync(export), verdict => Assert.True(verdict.IsOk));
            Assert.Contains(
                await File.ReadAllLinesAsync(Path.Combine(export, "records.jsonl"), Cancellation),
                line => JsonDocument.Parse(line).RootElement.GetProperty("record") is { ValueKind: JsonValueKind.String } record
                    && record.GetBytesFromBase64().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Question)) >= 0);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Where_a_person_answers_Munshi_does_not_talk_as_well()
    {
        using SandboxPhone phone = new(Server, _customer);
        await Server.FaultsAsync(new { http429 = true });
        try
        {
            await phone.WriteAsync(new { text = Question }, Cancellation);
            Guid conversation = await Server.ConversationAsync(_customer);
            await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<int>(
                $"SELECT count(*)::int FROM channel.outbox WHERE conversation_id = '{conversation}' AND state = 'queued' AND attempts > 0") == 1);
            using DashboardVisitor owner = await shared.OwnerAsync();
            await owner.SubmitAsync(await owner.GetAsync($"/inbox/{conversation}"), "#reply-form", ("text", "I am here, Asha."));
        }
        finally
        {
            await Server.FaultsAsync(new { http429 = false });
        }

        await Server.SettledAsync();

        Assert.Equal(
            ["I am here, Asha."],
            (await phone.MessagesAsync(Cancellation)).Where(message => message.GetProperty("direction").GetString() == "business").Select(message => message.GetProperty("text").GetString()));
        Assert.Equal(OwnerKind.Person, (await Server.StateAsync(_customer)).Owner);
    }

    private async Task<StoredMessage> AnsweredAsync()
    {
        using SandboxPhone phone = new(Server, _customer);
        await phone.AskAsync(Question, Cancellation);
        await Server.SettledAsync();
        return (await Server.MessagesAsync(_customer)).Single(message => message.Direction == "out");
    }

    private Task DeliverAsync(byte[] delivery) => DeliverAsync(Server, delivery);

    private static async Task DeliverAsync(RunningServer server, byte[] delivery)
    {
        using MetaClient meta = new(server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(delivery, Cancellation));
    }
}
