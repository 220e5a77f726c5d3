using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Npgsql;

namespace Munshi.Tests.Vault;

public sealed class OwnershipTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Ownership Ownership => _server.Get<Ownership>();

    [Theory]
    [InlineData("owner_kind = 'waiting'")]
    [InlineData("owner_kind = 'waiting', owner_epoch = owner_epoch + 2")]
    [InlineData("owner_kind = 'waiting', owner_epoch = owner_epoch - 1")]
    [InlineData("owner_epoch = owner_epoch + 1")]
    [InlineData("owner_kind = 'person', owner_epoch = owner_epoch + 1")]
    public async Task The_database_refuses_a_change_that_breaks_the_fence(string change)
    {
        Guid conversation = await AnsweredAsync(shared.NewCustomer());

        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() =>
            _server.Database.AsSuperuserAsync($"UPDATE vault.conversation SET {change} WHERE id = '{conversation}'"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    [Fact]
    public async Task Of_several_people_who_saw_the_same_state_one_takes_over()
    {
        Guid[] people = await PeopleAsync(6);
        string customer = shared.NewCustomer();
        Guid conversation = await AnsweredAsync(customer);
        long seen = (await _server.StateAsync(customer)).OwnerEpoch;

        OwnershipOutcome[] outcomes = await Task.WhenAll(people.Select(person =>
            Ownership.TakeOverAsync(_server.ClientId, conversation, person, seen, Cancellation)));

        OwnershipOutcome.Changed winner = Assert.Single(outcomes.OfType<OwnershipOutcome.Changed>());
        Assert.Equal(seen + 1, winner.Epoch);
        Assert.Equal(5, outcomes.OfType<OwnershipOutcome.Overtaken>().Count());
        Assert.Equal(people[Array.IndexOf(outcomes, winner)], (await _server.StateAsync(customer)).OwnerPersonId);
    }

    [Fact]
    public async Task Taking_over_cancels_an_automatic_reply_that_has_not_left()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        await _server.FaultsAsync(new { http429 = true });
        await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        Guid conversation = await _server.ConversationAsync(customer);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM channel.outbox WHERE conversation_id = '{conversation}' AND state = 'queued' AND attempts = 1") == 1);

        await Ownership.TakeOverAsync(_server.ClientId, conversation, _server.OwnerId, null, Cancellation);
        await _server.FaultsAsync(new { http429 = false });
        await _server.SettledAsync();

        StoredMessage reply = Assert.Single(await _server.MessagesAsync(customer), message => message.Direction == "out");
        Assert.Equal(("cancelled", "owner-changed"), (reply.Status, reply.Reason));
        Assert.DoesNotContain(await phone.MessagesAsync(Cancellation), message => message.GetProperty("direction").GetString() == "business");
    }

    [Fact]
    public async Task While_a_person_answers_Munshi_does_not_and_after_hand_back_it_does()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        Guid conversation = await AnsweredAsync(customer);
        await Ownership.TakeOverAsync(_server.ClientId, conversation, _server.OwnerId, null, Cancellation);
        await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await _server.SettledAsync();
        Assert.Equal(["in", "out", "in"], (await _server.MessagesAsync(customer)).Select(message => message.Direction));

        await Ownership.ReleaseAsync(_server.ClientId, conversation, _server.OwnerId, null, Cancellation);

        Assert.StartsWith("There is paid parking", await phone.AskAsync("Is there parking near the shop?", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writing_takes_over_and_a_colleague_is_kept_out()
    {
        Guid colleague = (await PeopleAsync(1))[0];
        string customer = shared.NewCustomer();
        Guid conversation = await AnsweredAsync(customer);

        Assert.IsType<ReplyOutcome.Queued>(await ReplyAsync(conversation, _server.OwnerId));
        Assert.IsType<ReplyOutcome.NotOwner>(await ReplyAsync(conversation, colleague));
        Assert.Equal(_server.OwnerId, (await _server.StateAsync(customer)).OwnerPersonId);
    }

    [Fact]
    public async Task A_reply_after_the_window_closed_is_refused_and_one_that_waited_too_long_is_not_sent()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        Guid conversation = await AnsweredAsync(customer);
        await _server.FaultsAsync(new { http429 = true });
        Guid messageId = Assert.IsType<ReplyOutcome.Queued>(await ReplyAsync(conversation, _server.OwnerId)).MessageId;
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM channel.outbox WHERE message_id = '{messageId}' AND state = 'queued' AND attempts = 1") == 1);

        await _server.Database.AsSuperuserAsync($"UPDATE vault.conversation SET window_from = now() - interval '23 hours 56 minutes' WHERE id = '{conversation}'");
        await _server.FaultsAsync(new { http429 = false });
        await _server.SettledAsync();

        Assert.Equal(("failed", "window-closed"), (await _server.MessagesAsync(customer)).Where(m => m.Id == messageId).Select(m => (m.Status, m.Reason)).Single());
        Assert.IsType<ReplyOutcome.WindowClosed>(await ReplyAsync(conversation, _server.OwnerId));
    }

    private Task<ReplyOutcome> ReplyAsync(Guid conversation, Guid person) =>
        _server.Get<Replies>().SendAsync(_server.ClientId, conversation, person, "Do come by!", Guid.NewGuid(), Cancellation);

    private async Task<Guid[]> PeopleAsync(int count)
    {
        List<Guid> people = [];
        for (int i = 0; i < count; i++)
        {
            people.Add(await _server.Get<Members>().AddAsync(_server.ClientId, $"Colleague {i}", MemberRole.Staff, Actor.Operator, Cancellation));
        }

        return [.. people];
    }

    private async Task<Guid> AnsweredAsync(string customer)
    {
        using SandboxPhone phone = new(_server, customer);
        await phone.AskAsync("What are your timings?", Cancellation);
        await _server.SettledAsync();
        return await _server.ConversationAsync(customer);
    }
}
