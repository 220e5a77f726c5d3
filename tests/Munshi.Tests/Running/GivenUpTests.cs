using Munshi.Database.WorkQueue;
using Munshi.Responder;
using Munshi.Tests.Postgres;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Running;

/// <summary>What cannot be done, however often it is tried, ends in a state that says so.</summary>
public sealed class GivenUpTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007301";

    private RunningServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(postgres, Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_update_that_can_never_be_opened_ends_as_failed_with_its_reason()
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        await meta.DeliverAsync(MetaPayload.Statuses(MetaPayload.Status(MetaPayload.NewId(), "sent", Customer, Guid.NewGuid().ToString())), Cancellation);
        await Eventually.TrueAsync(async () => await CountAsync("intake.update") == 1);
        await _server.Database.AsSuperuserAsync("UPDATE intake.update SET body_sealed = '\\x00'");

        await LastAttemptAsync("intake.update");

        Assert.Equal("failed given-up", await _server.Database.ScalarAsync<string>("SELECT state || ' ' || reason FROM intake.update"));
    }

    [Fact]
    public async Task A_turn_that_can_never_be_answered_is_handed_to_people()
    {
        using SandboxPhone phone = new(_server, Customer);
        await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await Eventually.TrueAsync(async () => await CountAsync("responder.agent_run") == 1);
        await _server.SettledAsync();

        // A second run of the same turn is refused by the database, always.
        await _server.Database.AsSuperuserAsync(
            """
            INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at)
            SELECT client_id, gen_random_uuid(), 'responder.turn', message_id, now(), now() FROM responder.agent_run
            """);
        await LastAttemptAsync("responder.turn");

        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(Customer)).Owner);
        Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM audit.event WHERE action = 'conversation.handed-off'"));
    }

    [Fact]
    public async Task The_note_of_a_hand_off_stays_while_people_have_it_and_is_not_shown_for_a_turn_given_up_later()
    {
        using SandboxPhone phone = new(_server, Customer);
        await phone.WriteAsync(new { text = "Talk to a person" }, Cancellation);
        await Eventually.TrueAsync(async () => await CountAsync("responder.hand_off") == 1);
        await _server.SettledAsync();
        Guid conversation = await _server.ConversationAsync(Customer);
        Ownership ownership = _server.Get<Ownership>();
        Assert.Equal("person-asked-for", await NoteAsync(conversation));

        OwnershipOutcome.Changed taken = Assert.IsType<OwnershipOutcome.Changed>(
            await ownership.TakeOverAsync(_server.ClientId, conversation, _server.OwnerId, null, Cancellation));
        Assert.Equal("person-asked-for", await NoteAsync(conversation));
        await ownership.RestoreAsync(_server.ClientId, conversation, _server.OwnerId, taken.Before!, taken.Epoch, Cancellation);
        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(Customer)).Owner);
        Assert.Equal("person-asked-for", await NoteAsync(conversation));

        await ownership.ReleaseAsync(_server.ClientId, conversation, _server.OwnerId, null, Cancellation);
        await _server.Database.AsSuperuserAsync(
            """
            INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at)
            SELECT client_id, gen_random_uuid(), 'responder.turn', message_id, now(), now() FROM responder.agent_run
            """);
        await LastAttemptAsync("responder.turn");

        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(Customer)).Owner);
        Assert.Null(await NoteAsync(conversation));
        Assert.Equal(1, await CountAsync("responder.hand_off"));
    }

    [Fact]
    public async Task A_message_whose_token_cannot_be_opened_ends_as_failed_and_says_so()
    {
        await _server.Database.AsSuperuserAsync("UPDATE channel.number SET token_sealed = '\\x00'");
        using SandboxPhone phone = new(_server, Customer);
        await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await LastAttemptAsync("channel.send");

        StoredMessage answer = (await _server.MessagesAsync(Customer))[1];
        Assert.Equal(("failed", "given-up"), (answer.Status, answer.Reason));
        Assert.Equal("failed", await _server.Database.ScalarAsync<string>("SELECT state FROM channel.outbox"));
        Assert.Equal(0, (await _server.SandboxStateAsync()).GetProperty("graph").GetProperty("received").GetInt32());
    }

    /// <summary>Lets the job that keeps failing come to its last attempt, and waits until it is dead.</summary>
    private async Task LastAttemptAsync(string kind)
    {
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM work.job WHERE kind = '{kind}' AND attempts > 0 AND lease IS NULL") == 1);
        await _server.Database.AsSuperuserAsync(
            $"UPDATE work.job SET attempts = {JobQueue.MaxAttempts - 1}, run_at = now() WHERE kind = '{kind}' AND lease IS NULL");
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM work.dead_letter WHERE kind = '{kind}' AND attempts = {JobQueue.MaxAttempts}") == 1);
    }

    private async Task<string?> NoteAsync(Guid conversation) =>
        (await _server.Get<HandOffReader>().LatestAsync(_server.ClientId, conversation, Cancellation))?.Reason;

    private Task<int> CountAsync(string table) => _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM {table}");
}
