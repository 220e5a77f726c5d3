using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Database.WorkQueue;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.WhatsApp.Sending;

namespace Munshi.Tests.Channels.Health;

/// <summary>Shapes: webhook references of <c>account_update</c>, <c>phone_number_quality_update</c>, <c>message_template_status_update</c>, <c>standby</c> and <c>messaging_handovers</c>.</summary>
public sealed class ChannelHealthTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Account = "200000000000001";
    private const string Display = "919000000001";

    /// <summary>A number that is stopped has a job that waits to ask.</summary>
    private const string Unsettled =
        """
        SELECT (SELECT count(*) FROM intake.delivery WHERE sorted_at IS NULL) + (SELECT count(*) FROM intake.update WHERE state = 'pending')
            + (SELECT count(*) FROM work.job WHERE dead_at IS NULL AND kind <> 'channel.probe')
        """;

    private static int _changes;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Fact]
    public async Task A_dead_token_turns_the_channel_red_with_the_next_question_and_green_again_with_the_first_that_is_answered()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (int refusals, int returns) = (await ActsAsync("number.refused"), await ActsAsync("number.works-again"));
        await Server.FaultsAsync(new { tokenRevoked = true });
        try
        {
            await AskAsync();
            await AskAsync();

            VisitedPage page = await owner.GetAsync("/settings/channels");
            Assert.NotNull(page.Document.QuerySelector("#channel-health [data-tone=bad] [data-finding=TokenDead]"));
            Assert.Equal("Channel down", page.Text("#channel-state span"));
            Assert.Equal("alert", await Server.Database.ScalarAsync<string>("SELECT string_agg(severity, ' ') FROM notice.notice WHERE kind = 'channel-refused' AND closed_at IS NULL"));
            Assert.Equal(refusals + 1, await ActsAsync("number.refused"));
        }
        finally
        {
            await Server.FaultsAsync(new { tokenRevoked = false });
        }

        await AskAsync();

        Assert.Null((await owner.GetAsync("/inbox")).Document.QuerySelector("#channel-state"));
        Assert.Equal(returns + 1, await ActsAsync("number.works-again"));
        Assert.Equal(0, await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM notice.notice WHERE kind = 'channel-refused' AND closed_at IS NULL"));
    }

    [Fact]
    public async Task A_refusal_that_was_overtaken_says_nothing()
    {
        await AskAsync();
        Guid number = await Server.Database.ScalarAsync<Guid>("SELECT number_id FROM channel.number_health WHERE answered_at IS NOT NULL LIMIT 1");

        await Server.Get<NumberHealths>().KeepAsync(
            Server.ClientId, number, new AccountOutcome.Refused(190, 401), TimeProvider.System.GetUtcNow().AddMinutes(-1), Cancellation);

        Assert.False(await Server.Database.ScalarAsync<bool>("SELECT bool_or(refused_code IS NOT NULL) FROM channel.number_health"));
    }

    [Fact]
    public async Task A_good_answer_that_was_overtaken_by_a_refusal_says_nothing()
    {
        await AskAsync();
        Guid number = await Server.Database.ScalarAsync<Guid>("SELECT number_id FROM channel.number_health WHERE answered_at IS NOT NULL LIMIT 1");
        NumberHealths healths = Server.Get<NumberHealths>();
        int acts = await ActsAsync("number.works-again");
        await healths.KeepAsync(Server.ClientId, number, new AccountOutcome.Refused(190, 401), TimeProvider.System.GetUtcNow(), Cancellation);

        await healths.KeepAsync(
            Server.ClientId, number, new AccountOutcome.Health("GREEN", null, null, IsOnPhoneApp: false), TimeProvider.System.GetUtcNow().AddMinutes(-1), Cancellation);

        Assert.Equal(190, await Server.Database.ScalarAsync<int>("SELECT refused_code FROM channel.number_health WHERE refused_code IS NOT NULL"));
        Assert.Equal(acts, await ActsAsync("number.works-again"));
        await AskAsync();
    }

    [Fact]
    public async Task What_Meta_says_of_number_and_token_is_kept_and_a_passing_refusal_is_none()
    {
        await Server.FaultsAsync(new { qualityRed = true, tokenEnding = true });
        await Server.Database.AsSuperuserAsync("UPDATE channel.number_health SET inspected_at = NULL");
        await AskAsync();
        await Server.FaultsAsync(new { qualityRed = false, tokenEnding = false });

        NumberHealth health = Assert.Single(await Server.Get<NumberHealths>().ListAsync(Server.ClientId, Cancellation));
        Assert.Equal(("RED", "TIER_1K", "STANDARD", null), (health.Quality, health.MessagingLimit, health.Throughput, health.RefusedCode));
        Assert.InRange(health.TokenExpiresAt!.Value, TimeProvider.System.GetUtcNow().AddDays(2.9), TimeProvider.System.GetUtcNow().AddDays(3.1));

        await Server.Database.AsSuperuserAsync("UPDATE channel.number_health SET inspected_at = NULL");
        await AskAsync();
        Assert.Null(Assert.Single(await Server.Get<NumberHealths>().ListAsync(Server.ClientId, Cancellation)).TokenExpiresAt);
    }

    [Fact]
    public async Task A_change_of_the_account_reaches_whom_it_concerns_once_and_the_account_comes_back()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        await KnownAsync();
        byte[] restricted = Change("account_update", At(1), new JsonObject
        {
            ["event"] = "ACCOUNT_RESTRICTION",
            ["restriction_info"] = new JsonArray(new JsonObject { ["restriction_type"] = "RESTRICTED_BIZ_INITIATED_MESSAGING", ["expiration"] = 1_796_000_000 }),
        });
        int before = await ActsAsync("account.told");

        await DeliverAsync(restricted);
        await DeliverAsync(restricted);
        VisitedPage page = await owner.GetAsync("/settings/channels");
        await DeliverAsync(Change("account_update", At(2), new JsonObject { ["event"] = "DISABLED_UPDATE", ["ban_info"] = new JsonObject { ["waba_ban_state"] = "REINSTATE" } }));
        await DeliverAsync(Change("account_update", At(0), new JsonObject { ["event"] = "ACCOUNT_DELETED" }));

        Assert.NotNull(page.Document.QuerySelector("#channel-health [data-finding=AccountRestricted]"));
        Assert.Contains("ACCOUNT_RESTRICTION", page.Text("#told"), StringComparison.Ordinal);
        Assert.Equal(before + 3, await ActsAsync("account.told"));
        Assert.Equal("open", Assert.Single(await Server.Get<NumberHealths>().ListAsync(Server.ClientId, Cancellation)).Account);
        Assert.Equal(0, await Server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM channel.told WHERE client_id <> '{Server.ClientId}'"));
    }

    [Fact]
    public async Task An_account_that_is_restricted_stops_its_numbers_and_one_that_is_reinstated_lets_what_waited_go()
    {
        using SandboxPhone phone = shared.NewPhone();
        await KnownAsync();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid conversation = await shared.NewestConversationAsync();
        long at = At(3);

        await DeliverAsync(Change("account_update", at, new JsonObject { ["event"] = "ACCOUNT_DELETED" }));
        await DeliverReinstatedAsync(at - 1);
        Guid message = Assert.IsType<ReplyOutcome.Queued>(await Server.Get<Replies>().SendAsync(
            Server.ClientId, conversation, Server.OwnerId, "Do come by!", Guid.NewGuid(), Cancellation)).MessageId;
        await Eventually.TrueAsync(async () => (await DelayAsync(message))?.Stored == "send.stopped -2");
        NumberStop stop = Assert.Single(await Server.Get<NumberStops>().ListAsync(Server.ClientId, Cancellation));
        await Server.Database.AsSuperuserAsync("UPDATE channel.number_stop SET probe_at = now() + interval '1 day'; DELETE FROM work.job WHERE kind = 'channel.probe'");
        await DeliverReinstatedAsync(at + 1);

        Assert.Equal(NumberStops.ToldByMeta, stop.Code);
        Assert.Empty(await Server.Get<NumberStops>().ListAsync(Server.ClientId, Cancellation));
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<string>($"SELECT state FROM channel.outbox WHERE message_id = '{message}'") == "accepted");
    }

    [Fact]
    public async Task A_restriction_of_templates_alone_leaves_replies_going()
    {
        using SandboxPhone phone = shared.NewPhone();
        await KnownAsync();
        long at = At(6);
        await DeliverAsync(Change("account_update", at, new JsonObject
        {
            ["event"] = "ACCOUNT_RESTRICTION",
            ["restriction_info"] = new JsonArray(new JsonObject { ["restriction_type"] = "RESTRICTED_BIZ_INITIATED_MESSAGING", ["expiration"] = at + 86400 }),
        }));

        await phone.AskAsync("What are your timings?", Cancellation);

        Assert.Empty(await Server.Get<NumberStops>().ListAsync(Server.ClientId, Cancellation));
        await DeliverReinstatedAsync(at + 1);
    }

    [Fact]
    public async Task A_number_that_is_stopped_for_a_refusal_is_not_let_go_by_a_word_about_the_account()
    {
        await KnownAsync();
        (Guid number, _) = (await Server.Get<Numbers>().ListAsync(Server.ClientId, Cancellation))[0];
        await Server.Database.AsSuperuserAsync(
            $"INSERT INTO channel.number_stop (client_id, number_id, code, since, probe_at) VALUES ('{Server.ClientId}', '{number}', 190, now(), now() + interval '1 minute')");
        try
        {
            await DeliverReinstatedAsync(At(5));

            Assert.Equal(190, Assert.Single(await Server.Get<NumberStops>().ListAsync(Server.ClientId, Cancellation)).Code);
        }
        finally
        {
            await Server.Database.AsSuperuserAsync("DELETE FROM channel.number_stop");
        }
    }

    [Fact]
    public async Task The_throughput_that_Meta_tells_is_the_pace_and_is_written_only_when_it_changed()
    {
        await AskAsync();
        Assert.Equal("80", await PaceAsync("per_second"));
        string written = await PaceAsync("xmin");
        await AskAsync();
        Assert.Equal(written, await PaceAsync("xmin"));
        try
        {
            await Server.FaultsAsync(new { highThroughput = true });
            await AskAsync();
            Assert.Equal("1000", await PaceAsync("per_second"));
            await Server.FaultsAsync(new { onPhoneApp = true });
            await AskAsync();
            Assert.Equal("20", await PaceAsync("per_second"));
        }
        finally
        {
            await Server.FaultsAsync(new { highThroughput = false, onPhoneApp = false });
        }

        await AskAsync();
        Assert.Equal("80", await PaceAsync("per_second"));
    }

    [Fact]
    public async Task An_account_whose_webhooks_go_nowhere_turns_the_channel_red_and_is_mended_with_a_button()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        await KnownAsync();
        using HttpClient meta = new() { BaseAddress = Server.SandboxAddress };
        meta.DefaultRequestHeaders.Authorization = new("Bearer", RunningServer.AccessToken);
        using HttpResponseMessage removed = await meta.DeleteAsync($"v26.0/{Account}/subscribed_apps", Cancellation);
        await Server.Database.AsSuperuserAsync("UPDATE channel.number_health SET subscription_asked_at = NULL");

        await AskAsync();
        await AskAsync();
        VisitedPage page = await owner.GetAsync("/settings/channels");
        Assert.NotNull(page.Document.QuerySelector("#channel-health [data-tone=bad] [data-finding=NotSubscribed]"));
        Assert.Equal(1, await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM notice.notice WHERE kind = 'channel-unsubscribed' AND closed_at IS NULL AND repeats = 0"));
        VisitedPage pressed = await owner.SubmitAsync(page, "#subscribe-again");

        Assert.Equal("/settings/channels", pressed.Location);
        Assert.Null((await owner.GetAsync("/settings/channels")).Document.QuerySelector("[data-finding=NotSubscribed]"));
        Assert.Contains("300000000000001", await meta.GetStringAsync($"v26.0/{Account}/subscribed_apps", Cancellation), StringComparison.Ordinal);
        Assert.Equal((1, 1), (await ActsAsync("number.unsubscribed"), await ActsAsync("number.subscribed")));
        Assert.Equal(0, await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM notice.notice WHERE kind = 'channel-unsubscribed' AND closed_at IS NULL"));
    }

    [Fact]
    public async Task A_change_of_a_number_goes_to_that_numbers_workspace_and_one_of_an_unknown_account_or_number_aside()
    {
        await KnownAsync();
        JsonObject quality = new() { ["display_phone_number"] = "+91 90000 00001", ["event"] = "THROUGHPUT_UPGRADE", ["max_daily_conversations_per_business"] = "TIER_UNLIMITED" };

        await DeliverAsync(Change("phone_number_quality_update", At(1), quality));
        await DeliverAsync(Change("phone_number_quality_update", At(2), new JsonObject { ["display_phone_number"] = "919000000999", ["event"] = "ONBOARDING" }));
        await DeliverAsync(Change("account_update", At(3), new JsonObject { ["event"] = "ACCOUNT_DELETED" }, account: "299999999999999"));

        Assert.Equal("TIER_UNLIMITED", Assert.Single(await Server.Get<NumberHealths>().ListAsync(Server.ClientId, Cancellation)).MessagingLimit);
        Assert.Equal(2, await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM intake.quarantine WHERE reason = 'unknown-account'"));
    }

    [Fact]
    public async Task What_a_rolled_back_update_told_of_the_account_is_learnt_from_the_next()
    {
        ManualClock clock = new(TimeProvider.System.GetUtcNow());
        NumberAccounts accounts = new(Server.Database.Databases, Server.Get<Numbers>(), Server.Get<KeyCustodian>(), clock);
        (Guid number, _) = (await Server.Get<Numbers>().ListAsync(Server.ClientId, Cancellation))[0];
        await Server.Database.AsSuperuserAsync("DELETE FROM channel.number_account");

        await Assert.ThrowsAsync<TimeoutException>(() => Server.Get<WorkspaceDatabase>().TransactAsync<bool>(Server.ClientId, async transaction =>
        {
            await accounts.HeardAsync(transaction, number, Account, Display, clock.GetUtcNow());
            throw new TimeoutException();
        }, Cancellation));
        clock.Advance(TimeSpan.FromMinutes(2));
        await Server.Get<WorkspaceDatabase>().TransactAsync(Server.ClientId, async transaction =>
        {
            await accounts.HeardAsync(transaction, number, Account, Display, clock.GetUtcNow());
            return true;
        }, Cancellation);

        Assert.Equal(1, await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM channel.number_account"));
    }

    [Fact]
    public async Task A_template_that_Meta_rejects_is_told_to_the_owners_without_its_name()
    {
        await KnownAsync();

        await DeliverAsync(Change("message_template_status_update", At(1), new JsonObject
        {
            ["event"] = "REJECTED",
            ["message_template_id"] = 778899,
            ["message_template_name"] = "order_ready",
            ["message_template_language"] = "en",
            ["reason"] = "INVALID_FORMAT",
        }));

        Assert.Equal("warning {REJECTED}", await Server.Database.ScalarAsync<string>("SELECT severity || ' ' || parameters::text FROM notice.notice WHERE kind = 'channel-template'"));
    }

    [Fact]
    public async Task Another_responder_is_named_and_what_it_is_to_answer_is_kept_and_left_to_it()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        const string customer = "919000007777";
        JsonObject question = MetaPayload.Text(customer, "What are your timings?");
        await DeliverAsync(Delivery("standby", new JsonObject { ["messaging_product"] = "whatsapp", ["metadata"] = Metadata(), ["messages"] = new JsonArray(question.DeepClone()) }));
        await DeliverAsync(Delivery("messaging_handovers", new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient"] = new JsonObject { ["display_phone_number"] = Display, ["phone_number_id"] = RunningServer.PhoneNumberId },
            ["sender"] = new JsonObject { ["phone_number"] = customer },
            ["timestamp"] = MetaPayload.Now(),
            ["control_passed"] = new JsonObject { ["former_owner"] = new JsonObject { ["role"] = "ai_agent", ["app"] = "meta_business_agent" } },
        }));

        StoredMessage stored = Assert.Single(await Server.MessagesAsync(customer));
        Assert.Equal(("in", "standby", 1L), (stored.Direction, stored.Source, stored.Turn));
        Assert.NotNull((await owner.GetAsync("/settings/channels")).Document.QuerySelector("[data-finding=Competitor]"));
        await Eventually.TrueAsync(async () => (await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation)).IsOk);
    }

    /// <summary>Later by so many seconds than every change of an earlier test.</summary>
    private static long At(int second) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + (10 * _changes) + second;

    private static JsonObject Metadata() => new() { ["display_phone_number"] = Display, ["phone_number_id"] = RunningServer.PhoneNumberId };

    private static byte[] Change(string field, long at, JsonObject value, string account = Account) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject { ["id"] = account, ["time"] = at, ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = value }) }),
    });

    private static byte[] Delivery(string field, JsonObject value) => MetaPayload.Delivery(new JsonObject { ["field"] = field, ["value"] = value });

    private Task DeliverReinstatedAsync(long at) => DeliverAsync(
        Change("account_update", at, new JsonObject { ["event"] = "DISABLED_UPDATE", ["ban_info"] = new JsonObject { ["waba_ban_state"] = "REINSTATE" } }));

    private Task<string> PaceAsync(string column) => Server.Database.ScalarAsync<string>($"SELECT {column}::text FROM channel.number_pace");

    private async Task<SendDelay?> DelayAsync(Guid message) =>
        (await Server.Get<SendDelays>().OfAsync(Server.ClientId, [message], Cancellation)).GetValueOrDefault(message);

    private async Task AskAsync()
    {
        await Server.Database.AsSuperuserAsync("UPDATE channel.number_health SET asked_at = NULL");
        await Server.Get<HealthClock>().AskAsync(Cancellation);
    }

    /// <summary>A number's account is known from the first message that came through it.</summary>
    private async Task KnownAsync()
    {
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Text($"9190000071{Interlocked.Increment(ref _changes):D2}", "talk to a person")));
        Assert.Equal(1, await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM channel.number_account"));
    }

    private Task<int> ActsAsync(string action) => Server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM audit.event WHERE action = '{action}'");

    private async Task DeliverAsync(byte[] delivery)
    {
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(delivery, Cancellation));
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<long>(Unsettled) == 0);
        Assert.Equal(0, await Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM intake.update WHERE state = 'failed'"));
    }
}
