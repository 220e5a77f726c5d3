using System.Net;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Responder;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Tests.Vault;

/// <summary>Two contacts became one: of their conversations with the number one ended, and goes on in the other.</summary>
public sealed class SupersededConversationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Question = "What are your timings?";

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_waiting_there_does_not_leave_when_people_have_taken_the_one_that_goes_on()
    {
        string customer = shared.NewCustomer();
        await _server.FaultsAsync(new { http429 = true });
        (Guid ended, Guid goesOn) = await MergedAsync(customer);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM channel.outbox WHERE conversation_id = '{ended}' AND state = 'queued' AND attempts > 0") == 1);

        await _server.Get<Ownership>().TakeOverAsync(_server.ClientId, goesOn, _server.OwnerId, null, Cancellation);
        await _server.FaultsAsync(new { http429 = false });
        await _server.SettledAsync();

        Assert.Equal("cancelled owner-changed", await OutcomesAsync(ended));
    }

    [Fact]
    public async Task A_question_left_there_is_not_answered_when_people_have_taken_the_one_that_goes_on()
    {
        (Guid ended, Guid goesOn) = await MergedAsync(shared.NewCustomer());
        await _server.SettledAsync();
        await _server.Get<Ownership>().TakeOverAsync(_server.ClientId, goesOn, _server.OwnerId, null, Cancellation);
        string before = await OutcomesAsync(ended);
        Guid asked = await AskAgainAsync(ended);

        Assert.Equal("person-answers", await _server.Database.ScalarAsync<string>($"SELECT reason FROM responder.agent_run WHERE message_id = '{asked}'"));
        Assert.Equal(before, await OutcomesAsync(ended));
    }

    [Fact]
    public async Task A_question_left_there_that_people_have_to_answer_brings_them_the_one_that_goes_on()
    {
        (Guid ended, Guid goesOn) = await MergedAsync(shared.NewCustomer());
        await _server.SettledAsync();
        await _server.Database.AsSuperuserAsync($"UPDATE vault.contact SET opted_out_at = now() WHERE id = (SELECT contact_id FROM vault.conversation WHERE id = '{ended}')");

        Guid asked = await AskAgainAsync(ended);

        Assert.Equal("responder waiting", await _server.Database.ScalarAsync<string>(
            $"SELECT string_agg(owner_kind, ' ' ORDER BY owner_kind) FROM vault.conversation WHERE id IN ('{ended}', '{goesOn}')"));
        Assert.Equal(goesOn, await _server.Database.ScalarAsync<Guid>($"SELECT conversation_id FROM responder.hand_off WHERE message_id = '{asked}'"));
        Assert.Equal("waiting", await _server.Database.ScalarAsync<string>($"SELECT owner_kind FROM vault.conversation WHERE id = '{goesOn}'"));
    }

    [Fact]
    public async Task What_is_given_to_people_there_they_find_in_the_one_that_goes_on()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(customer, "phone", "Talk to a person");
        await _server.SettledAsync();
        Guid ended = await _server.ConversationAsync(customer);
        await DeliverAsync(customer, "user");
        await DeliverAsync(customer, "both");
        await _server.SettledAsync();
        Guid goesOn = await _server.ConversationAsync(customer);
        await _server.Get<Ownership>().ReleaseAsync(_server.ClientId, goesOn, _server.OwnerId, null, Cancellation);
        await AskAgainAsync(ended);

        Assert.NotEqual(ended, goesOn);
        Assert.Equal("responder", await _server.Database.ScalarAsync<string>($"SELECT owner_kind FROM vault.conversation WHERE id = '{ended}'"));
        Assert.Equal("waiting", await _server.Database.ScalarAsync<string>($"SELECT owner_kind FROM vault.conversation WHERE id = '{goesOn}'"));
        Assert.Equal("person-asked-for", (await _server.Get<HandOffReader>().LatestAsync(_server.ClientId, goesOn, Cancellation))?.Reason);
    }

    [Fact]
    public async Task Whoever_locks_it_with_the_one_that_goes_on_waits_for_those_who_lock_both_and_they_not_for_them()
    {
        string customer = shared.NewCustomer();
        foreach (string by in (string[])["phone", "user", "phone", "both"])
        {
            await DeliverAsync(customer, by);
        }

        await _server.SettledAsync();
        Guid goesOn = await _server.ConversationAsync(customer);
        Guid ended = await _server.Database.ScalarAsync<Guid>($"SELECT id FROM vault.conversation WHERE superseded_by = '{goesOn}' AND id > '{goesOn}'"); // locked after it
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WorkspaceDatabase database = _server.Get<WorkspaceDatabase>();
        Task<int> both = database.TransactAsync(
            _server.ClientId,
            async transaction =>
            {
                await Conversations.LockAsync(transaction, [goesOn]);
                held.SetResult();
                await release.Task;
                return (await Conversations.LockAsync(transaction, [ended])).Count;
            },
            Cancellation);
        await held.Task;
        Task<Guid> one = database.TransactAsync(
            _server.ClientId, async transaction => (await Conversations.LockWhereItGoesOnAsync(transaction, ended))!.Value.Last.Id, Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock')"));
        release.SetResult();

        Assert.Equal(1, await both);
        Assert.Equal(goesOn, await one);
    }

    [Fact]
    public async Task Who_had_it_has_the_one_that_goes_on()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(customer, "phone");
        Guid ended = await _server.ConversationAsync(customer);
        await _server.Get<Ownership>().TakeOverAsync(_server.ClientId, ended, _server.OwnerId, null, Cancellation);

        await DeliverAsync(customer, "user");
        await DeliverAsync(customer, "both");

        Assert.NotEqual(ended, await _server.ConversationAsync(customer));
        Assert.Equal(_server.OwnerId, (await _server.StateAsync(customer)).OwnerPersonId);
        Assert.Equal("responder", await _server.Database.ScalarAsync<string>($"SELECT owner_kind FROM vault.conversation WHERE id = '{ended}'"));
    }

    [Fact]
    public async Task Nothing_is_written_there_and_nobody_takes_it()
    {
        (Guid ended, Guid goesOn) = await MergedAsync(shared.NewCustomer());
        await _server.SettledAsync();

        foreach (Actor author in (Actor[])[Actor.Person(_server.OwnerId), Actor.Api])
        {
            Assert.IsType<ReplyOutcome.GoesOnElsewhere>(await _server.Get<Replies>().SendAsync(
                _server.ClientId, ended, author, new ReplyDraft(new OutboundText("We open at ten")), Guid.NewGuid(), Cancellation));
        }

        Assert.IsType<OwnershipOutcome.GoesOnElsewhere>(await _server.Get<Ownership>().TakeOverAsync(_server.ClientId, ended, _server.OwnerId, null, Cancellation));
        Assert.IsType<ReplyOutcome.Queued>(await _server.Get<Replies>().SendAsync(
            _server.ClientId, goesOn, Actor.Person(_server.OwnerId), new ReplyDraft(new OutboundText("We open at ten")), Guid.NewGuid(), Cancellation));
    }

    /// <summary>The question there.</summary>
    private async Task<Guid> AskAgainAsync(Guid conversation)
    {
        Guid asked = await _server.Database.ScalarAsync<Guid>($"SELECT id FROM vault.message WHERE conversation_id = '{conversation}' AND direction = 'in'");
        await _server.AskAgainAsync(asked);
        return asked;
    }

    /// <summary>The number writes, then the user id, then one message names both.</summary>
    private async Task<(Guid Ended, Guid GoesOn)> MergedAsync(string customer)
    {
        foreach (string by in (string[])["phone", "user", "both"])
        {
            await DeliverAsync(customer, by);
        }

        Guid goesOn = await _server.ConversationAsync(customer);
        return (await _server.Database.ScalarAsync<Guid>($"SELECT id FROM vault.conversation WHERE superseded_by = '{goesOn}'"), goesOn);
    }

    private async Task DeliverAsync(string customer, string by, string text = Question)
    {
        int before = await ReceivedAsync();
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.TextBy(customer, by, text)), Cancellation));
        await Eventually.TrueAsync(async () => await ReceivedAsync() == before + 1);
    }

    private Task<int> ReceivedAsync() => _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM vault.message WHERE direction = 'in'");

    /// <summary>What became of each answer there.</summary>
    private Task<string> OutcomesAsync(Guid conversation) => _server.Database.ScalarAsync<string>(
        $"""
        SELECT coalesce(string_agg(o.state || coalesce(' ' || (SELECT s.reason FROM vault.message_status s WHERE s.message_id = o.message_id ORDER BY s.at DESC LIMIT 1), ''), ', '), '')
        FROM channel.outbox o WHERE o.conversation_id = '{conversation}'
        """);
}
