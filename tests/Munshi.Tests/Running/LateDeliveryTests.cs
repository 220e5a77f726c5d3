using System.Net;
using System.Text.Json.Nodes;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Running;

/// <summary>Meta promises no order, delivers at least once, and tries again for seven days; and it may be away itself.</summary>
public sealed class LateDeliveryTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Question = "What are your timings?";

    private static int _customers;

    private readonly string _customer = $"91900000{Interlocked.Increment(ref _customers) + 8500}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Fact]
    public async Task What_comes_a_day_late_stands_at_its_own_time_opens_no_window_and_is_answered_by_nobody_alone()
    {
        DateTimeOffset written = TimeProvider.System.GetUtcNow().AddHours(-25);
        JsonObject message = MetaPayload.Text(_customer, Question);
        message["timestamp"] = MetaPayload.Seconds(written);

        await DeliverAsync(MetaPayload.Messages(message));

        StoredMessage stored = Assert.Single(await Server.MessagesAsync(_customer));
        Assert.Equal(("in", written.ToUnixTimeSeconds()), (stored.Direction, stored.ProviderAt!.Value.ToUnixTimeSeconds()));
        VisitedPage page = await OpenAsync();
        Assert.Contains("24 hours", page.Document.QuerySelector("#reply-box")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(OwnerKind.Waiting, (await Server.StateAsync(_customer)).Owner);
    }

    [Fact]
    public async Task What_comes_again_after_seven_days_changes_nothing()
    {
        JsonObject message = MetaPayload.Text(_customer, Question);
        message["timestamp"] = MetaPayload.Seconds(TimeProvider.System.GetUtcNow().AddDays(-8));
        byte[] delivery = MetaPayload.Messages(message);
        await DeliverAsync(delivery);
        await Server.Database.AsSuperuserAsync("UPDATE intake.delivery SET received_at = received_at - interval '8 days'");
        IReadOnlyList<StoredMessage> before = await Server.MessagesAsync(_customer);
        long unread = (await Server.StateAsync(_customer)).InboundCount;

        await DeliverAsync(delivery);

        Assert.Equal(before.Select(one => one.Id), (await Server.MessagesAsync(_customer)).Select(one => one.Id));
        Assert.Equal(unread, (await Server.StateAsync(_customer)).InboundCount);
    }

    [Fact]
    public async Task What_is_about_a_message_and_comes_before_it_finds_it_when_it_comes()
    {
        JsonObject message = MetaPayload.Text(_customer, "my card ends in 0000");
        string id = (string)message["id"]!;
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Message(_customer, "reaction", new JsonObject { ["message_id"] = id, ["emoji"] = "👍" })));
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Message(_customer, "revoke", new JsonObject { ["original_message_id"] = id })));

        await DeliverAsync(MetaPayload.Messages(message));

        string shown = (await OpenAsync()).Document.QuerySelector(".message.in:has(details.withdrawn)")!.TextContent;
        Assert.Contains("The customer deleted this message", shown, StringComparison.Ordinal);
        Assert.Contains("👍", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Meta_refuses_for_an_hour_a_reply_ends_as_failed_says_why_and_goes_once_when_it_is_sent_anew()
    {
        using SandboxPhone phone = new(Server, _customer);
        await phone.AskAsync(Question, Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        await Server.FaultsAsync(new { http503 = true });
        try
        {
            await owner.SubmitAsync(await OpenAsync(owner), "#reply-form", ("text", "We open at ten."));
            await Eventually.TrueAsync(async () =>
            {
                // As if the pauses of Meta's table, a quarter of an hour together, had passed.
                await Server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now() WHERE kind = 'channel.send' AND lease IS NULL");
                return (await Server.MessagesAsync(_customer))[^1].Status == "failed";
            });
        }
        finally
        {
            await Server.FaultsAsync(new { http503 = false });
        }

        VisitedPage failed = await OpenAsync(owner);
        Assert.NotEmpty(failed.Document.QuerySelectorAll(".message.out .problem")[^1].TextContent.Trim());
        Assert.Empty(await SentAsync(phone));

        await owner.SubmitAsync(failed, "form.retry");
        await owner.SubmitAsync(failed, "form.retry");
        await Server.SettledAsync();

        Assert.Single(await SentAsync(phone));
    }

    [Fact]
    public async Task While_nobody_answers_at_Metas_address_for_an_hour_a_reply_waits_and_goes_once_afterwards()
    {
        using (SandboxPhone phone = new(Server, _customer))
        {
            await phone.AskAsync(Question, Cancellation);
        }

        await Server.SettledAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();
        await Server.StopSandboxAsync();
        try
        {
            await owner.SubmitAsync(await OpenAsync(owner), "#reply-form", ("text", "We open at ten."));
            await Eventually.TrueAsync(async () =>
            {
                await Server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now() WHERE kind = 'channel.send' AND lease IS NULL");
                return await Server.Database.ScalarAsync<int>("SELECT max(attempts) FROM channel.outbox") > 15; // more than what a job that fails is given
            });
            await Eventually.TrueAsync(async () =>
            {
                await Server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now() + interval '1 hour' WHERE kind = 'channel.send' AND lease IS NULL");
                return await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job WHERE kind = 'channel.send' AND lease IS NULL") == 1;
            });
            Assert.Contains("WhatsApp", (await OpenAsync()).Document.QuerySelectorAll(".message.out .problem")[^1].TextContent, StringComparison.Ordinal);
        }
        finally
        {
            await Server.StartSandboxAsync();
        }

        using SandboxPhone again = new(Server, _customer);
        await again.WriteAsync(new { text = "Are you there?" }, Cancellation); // the new sandbox knows of no window
        await Server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now() WHERE kind = 'channel.send' AND lease IS NULL");
        await Server.SettledAsync();
        Assert.Single(await SentAsync(again));
    }

    private static async Task<IReadOnlyList<string?>> SentAsync(SandboxPhone phone) =>
    [
        .. (await phone.MessagesAsync(Cancellation)).Where(message => message.GetProperty("direction").GetString() == "business")
            .Select(message => message.GetProperty("text").GetString()).Where(text => text == "We open at ten."),
    ];

    private async Task<VisitedPage> OpenAsync()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        return await OpenAsync(owner);
    }

    private async Task<VisitedPage> OpenAsync(DashboardVisitor visitor) => await visitor.GetAsync($"/inbox/{await Server.ConversationAsync(_customer)}");

    private async Task DeliverAsync(byte[] delivery)
    {
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(delivery, Cancellation));
        await Server.SettledAsync();
    }
}
