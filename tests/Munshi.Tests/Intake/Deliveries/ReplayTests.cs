using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Intake.Deliveries;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Intake.Deliveries;

public sealed class ReplayTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/deliveries";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    private Replays Replays => Server.Get<Replays>();

    [Fact]
    public async Task What_was_given_up_is_brought_in_when_its_cause_is_gone()
    {
        string customer = DeliveriesPageTests.NewCustomer();
        using DashboardVisitor owner = await shared.OwnerAsync();
        Guid update = default;
        VisitedPage waiting = null!;
        await WhileRefusedAsync(async () =>
        {
            update = await DeliverOneAsync(MetaPayload.Text(customer, "Are you open on Sunday?"));
            await Eventually.TrueAsync(async () => await JobAsync(update, "attempts > 0 AND lease IS NULL") == 1);
            waiting = await owner.GetAsync($"{Page}/{update}");
            await GiveUpAsync(update);
        });

        VisitedPage failed = await owner.GetAsync($"{Page}/{update}");
        VisitedPage pressed = await owner.SubmitAsync(failed, "#replay-form", []);
        await StateAsync(update, "stored");
        VisitedPage again = await owner.SubmitAsync(failed, "#replay-form", []);
        VisitedPage stored = await owner.GetAsync($"{Page}/{update}");

        Assert.Contains("Waiting", waiting.Text("#facts .chip"), StringComparison.Ordinal);
        Assert.Matches("Tried \\d+ times?\\.", waiting.Text("#job dd"));
        Assert.Matches("Next try on|It is tried now", waiting.Text("#job dd"));
        Assert.Contains("PostgresException", waiting.Text("#job code"), StringComparison.Ordinal);
        Assert.Equal("Given up", failed.Text("#facts .chip"));
        Assert.Contains("Given up on", failed.Text("#job dd"), StringComparison.Ordinal);
        Assert.Equal($"{Page}/{update}?done=replayed", pressed.Location);
        Assert.Equal($"{Page}/{update}?done=not-failed", again.Location);
        Assert.Equal("It waits to be done again", (await owner.GetAsync(pressed.Location!)).Text("#done .state"));
        Assert.Equal("Stored", stored.Text("#facts .chip"));
        Assert.Contains("Replayed 1 time.", stored.Text("#facts"), StringComparison.Ordinal);
        Assert.NotNull(stored.Document.QuerySelector("#to-message"));
        Assert.Null(stored.Document.QuerySelector("#job"));
        Assert.Single(await Server.MessagesAsync(customer), message => message.Direction == "in");
        Assert.Equal(0, await JobAsync(update, "dead_at IS NOT NULL"));
        Assert.Equal($"person:{Server.OwnerId} 1", await EventsAsync(update));
    }

    [Fact]
    public async Task What_fails_again_says_so()
    {
        Guid update = await FailedAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();

        await owner.SubmitAsync(await owner.GetAsync($"{Page}/{update}"), "#replay-form", []);
        await StateAsync(update, "failed");
        VisitedPage failed = await owner.GetAsync($"{Page}/{update}");
        VisitedPage list = await owner.GetAsync($"{Page}?state=failed");

        Assert.Contains("It failed again after 1 replay.", failed.Text("#failure"), StringComparison.Ordinal);
        Assert.Contains("It failed again after 1 replay.", list.Text("#updates"), StringComparison.Ordinal);
        Assert.NotNull(failed.Document.QuerySelector("#replay-form"));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_replays()
    {
        Guid update = await FailedAsync();

        ReplayOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Replays.OneAsync(Server.ClientId, update, seen: 0, Server.OwnerId, Cancellation)));
        await StateAsync(update, "failed");

        Assert.Single(outcomes, ReplayOutcome.Replayed);
        Assert.Equal(7, outcomes.Count(outcome => outcome == ReplayOutcome.NotFailed));
        Assert.Equal($"person:{Server.OwnerId} 1", await EventsAsync(update));
        Assert.Equal(1, await Server.Database.ScalarAsync<int>($"SELECT replays FROM intake.update WHERE id = '{update}'"));
    }

    [Fact]
    public async Task What_is_stored_or_a_duplicate_is_not_replayed()
    {
        JsonObject twice = MetaPayload.Text(DeliveriesPageTests.NewCustomer(), "Once only");
        Guid stored = await DeliverOneAsync(twice);
        await StateAsync(stored, "stored");
        Guid duplicate = await DeliverOneAsync(twice);
        await StateAsync(duplicate, "duplicate");

        Assert.Equal(ReplayOutcome.NotFailed, await Replays.OneAsync(Server.ClientId, stored, 0, Server.OwnerId, Cancellation));
        Assert.Equal(ReplayOutcome.NotFailed, await Replays.OneAsync(Server.ClientId, duplicate, 0, Server.OwnerId, Cancellation));
        Assert.Equal(ReplayOutcome.Unknown, await Replays.OneAsync(shared.OtherClientId, stored, 0, shared.OtherOwnerId, Cancellation));
        Assert.Equal(0, await JobAsync(stored, "true") + await JobAsync(duplicate, "true"));
    }

    [Fact]
    public async Task All_that_failed_alike_are_replayed_page_by_page_each_once()
    {
        const int Count = Replays.MostOfPage + 200;
        await DeliverAsync(MetaPayload.Messages([.. Enumerable.Range(0, 600).Select(_ => Nameless())]));
        await DeliverAsync(MetaPayload.Messages([.. Enumerable.Range(0, 600).Select(_ => Nameless())]));
        await Eventually.TrueAsync(async () => await CountAsync("state = 'failed' AND reason = 'no-sender'") >= Count);
        Guid unopened = await Server.Database.ScalarAsync<Guid>("SELECT id FROM intake.update WHERE reason = 'no-sender' ORDER BY id LIMIT 1");
        Guid other = await FailedAsync();
        await Server.Database.AsSuperuserAsync($"UPDATE intake.update SET body_sealed = '\\x00' WHERE id = '{unopened}'");
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage list = await owner.GetAsync(Page);
        string form = $"#failed form:has(input[value='no-sender'])";

        VisitedPage asked = await owner.SubmitAsync(list, form, []);
        await owner.SubmitAsync(list, form, []);
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<long>("SELECT count(*) FROM intake.replay WHERE reason = 'no-sender' AND ended_at IS NOT NULL") == 1);
        await Eventually.TrueAsync(async () => await CountAsync("state = 'failed' AND replays = 1 AND reason = 'no-sender'") == Count - 1);
        VisitedPage after = await owner.GetAsync(asked.Location!);

        Assert.Equal($"{Page}?done=asked", asked.Location);
        Assert.Equal($"{Count - 1} 1 1", await Server.Database.ScalarAsync<string>("SELECT sum(replayed) || ' ' || sum(unopened) || ' ' || count(*) FROM intake.replay WHERE reason = 'no-sender'"));
        Assert.Equal(0, await CountAsync("replays > 1 AND reason = 'no-sender'"));
        Assert.Equal(0, await CountAsync($"id IN ('{unopened}', '{other}') AND replays > 0"));
        Assert.Equal(Count - 1, await Server.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event e JOIN intake.update u ON e.object = 'update:' || u.id WHERE e.action = 'update.replayed' AND u.reason = 'no-sender'"));
        Assert.Contains("Through", after.Text("#replays"), StringComparison.Ordinal);
        Assert.Contains("1 no longer opens and stays failed", after.Text("#replays"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_cut_off_has_changed_nothing_and_is_done_again()
    {
        Guid update = await FailedAsync();
        Guid replay = Guid.CreateVersion7();
        await Server.Database.AsSuperuserAsync(
            $"INSERT INTO intake.replay (client_id, id, kind, reason, asked_by, asked_at) VALUES ('{Server.ClientId}', '{replay}', 'message', 'no-message-id', '{Server.OwnerId}', now())");

        await Assert.ThrowsAsync<TimeoutException>(() => Server.Get<WorkspaceDatabase>().TransactAsync<bool>(Server.ClientId, async transaction =>
        {
            await Replays.PageAsync(transaction, replay);
            throw new TimeoutException("killed here");
        }, Cancellation));
        string cut = await Server.Database.ScalarAsync<string>($"SELECT u.state || ' ' || u.replays || ' ' || r.replayed FROM intake.update u, intake.replay r WHERE u.id = '{update}' AND r.id = '{replay}'");
        bool hasMore = await Server.Get<WorkspaceDatabase>().TransactAsync(Server.ClientId, transaction => Replays.PageAsync(transaction, replay), Cancellation);
        await StateAsync(update, "failed");

        Assert.Equal("failed 0 0", cut);
        Assert.False(hasMore);
        Assert.Equal(1, await Server.Database.ScalarAsync<int>($"SELECT replays FROM intake.update WHERE id = '{update}'"));
        Assert.False(await Server.Get<WorkspaceDatabase>().TransactAsync(Server.ClientId, transaction => Replays.PageAsync(transaction, replay), Cancellation));
        Assert.Equal($"person:{Server.OwnerId} 1", await EventsAsync(update));
    }

    [Fact]
    public async Task A_replay_stands_in_the_ledger_in_words()
    {
        Guid update = await FailedAsync();
        await Replays.OneAsync(Server.ClientId, update, 0, Server.OwnerId, Cancellation);
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM ledger.entry n JOIN audit.event e ON e.id = n.event_id WHERE e.object = 'update:{update}'") == 1);
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage log = await owner.GetAsync("/ledger?group=messages&actor=person");

        Assert.Contains("An update that had failed was replayed", log.Text("#entries"), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation)).IsOk);
    }

    private static JsonObject Nameless()
    {
        JsonObject message = MetaPayload.Text("x", "From nobody");
        message.Remove("from");
        return message;
    }

    private async Task<Guid> FailedAsync()
    {
        JsonObject message = MetaPayload.Text(DeliveriesPageTests.NewCustomer(), "Nameless");
        message.Remove("id");
        Guid update = await DeliverOneAsync(message);
        await StateAsync(update, "failed");
        return update;
    }

    private async Task<Guid> DeliverOneAsync(JsonObject message)
    {
        Guid before = await NewestAsync();
        await DeliverAsync(MetaPayload.Messages(message));
        await Eventually.TrueAsync(async () => await NewestAsync() != before);
        return await NewestAsync();
    }

    private async Task DeliverAsync(byte[] body)
    {
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));
    }

    /// <summary>The vault takes no message meanwhile.</summary>
    private async Task WhileRefusedAsync(Func<Task> meanwhile)
    {
        await Server.Database.AsSuperuserAsync(
            """
            CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON vault.message FOR EACH ROW EXECUTE FUNCTION public.refuse();
            """);
        try
        {
            await meanwhile();
        }
        finally
        {
            await Server.Database.AsSuperuserAsync("DROP TRIGGER refuse ON vault.message; DROP FUNCTION public.refuse()");
        }
    }

    private async Task GiveUpAsync(Guid update)
    {
        await Server.Database.AsSuperuserAsync(
            $"UPDATE work.job SET attempts = {JobQueue.MaxAttempts - 1}, run_at = now() WHERE subject = '{update}' AND lease IS NULL");
        await StateAsync(update, "failed");
    }

    private Task StateAsync(Guid update, string state) => Eventually.TrueAsync(async () => await CountAsync($"id = '{update}' AND state = '{state}'") == 1);

    private Task<Guid> NewestAsync() => Server.Database.ScalarAsync<Guid>("SELECT coalesce((SELECT id FROM intake.update ORDER BY id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000')");

    private Task<long> JobAsync(Guid update, string condition) => Server.Database.ScalarAsync<long>($"SELECT count(*) FROM work.job WHERE subject = '{update}' AND {condition}");

    private Task<string> EventsAsync(Guid update) => Server.Database.ScalarAsync<string>(
        $"SELECT min(actor) || ' ' || count(*) FROM audit.event WHERE action = 'update.replayed' AND object = 'update:{update}'");

    private Task<long> CountAsync(string condition) => Server.Database.ScalarAsync<long>($"SELECT count(*) FROM intake.update WHERE {condition}");
}
