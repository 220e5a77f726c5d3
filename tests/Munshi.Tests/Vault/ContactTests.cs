using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Tests.Vault;

public sealed class ContactTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Unclear = "My cousin's parrot chewed the blue one you sold him in March";

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("phone")]
    [InlineData("user")]
    [InlineData("both")]
    public async Task A_contact_is_known_by_phone_by_user_id_or_by_both(string by)
    {
        (int contacts, int identifiers) = (await CountAsync("contact"), await CountAsync("identifier"));
        string customer = shared.NewCustomer();

        await DeliverAsync(Message(customer, by));
        await DeliverAsync(Message(customer, by));

        Assert.Equal(contacts + 1, await CountAsync("contact"));
        Assert.Equal(identifiers + (by == "both" ? 2 : 1), await CountAsync("identifier"));
    }

    [Theory]
    [InlineData("user", "both", "phone")]
    [InlineData("phone", "both", "user")]
    [InlineData("both", "phone", "user")]
    public async Task An_identifier_learnt_later_joins_the_same_contact(string first, string second, string third)
    {
        (int contacts, int conversations) = (await CountAsync("contact"), await CountAsync("conversation"));
        string customer = shared.NewCustomer();

        await DeliverAsync(Message(customer, first));
        await DeliverAsync(Message(customer, second));
        await DeliverAsync(Message(customer, third));

        Assert.Equal((contacts + 1, conversations + 1), (await CountAsync("contact"), await CountAsync("conversation")));
        Assert.Equal(3, (await _server.MessagesAsync(customer)).Count(message => message.Direction == "in"));
    }

    [Fact]
    public async Task The_first_messages_of_a_new_customer_at_once_make_one_contact_and_one_conversation()
    {
        for (int round = 0; round < 5; round++)
        {
            (int contacts, int conversations) = (await CountAsync("contact"), await CountAsync("conversation"));
            string customer = shared.NewCustomer();

            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => PostAsync(Message(customer, (i % 3) switch { 0 => "phone", 1 => "user", _ => "both" }))).Append(PostAsync(Message(customer, "both"))));
            await _server.SettledAsync();

            // Before one message names both, phone and user id may be two people: but never more, and each message stands once.
            Assert.InRange(await CountAsync("contact"), contacts + 1, contacts + 2);
            Assert.InRange(await CountAsync("conversation"), conversations + 1, conversations + 2);
        }
    }

    [Fact]
    public async Task A_message_whose_contact_became_one_with_another_meanwhile_stands_in_the_conversation_that_stays()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(Message(customer, "phone"));
        IdentifierClaim[] user = [new("bsuid", $"IN.55{customer}")];
        WorkspaceDatabase database = _server.Get<WorkspaceDatabase>();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Task<Correspondent> ResolveAsync(WorkspaceTransaction transaction) => _server.Get<Correspondents>().ResolveAsync(transaction, user, profileName: null, now, Actor.Intake);
        await database.TransactAsync(_server.ClientId, ResolveAsync, Cancellation);
        Guid number = await _server.Database.ScalarAsync<Guid>("SELECT id FROM channel.number LIMIT 1");

        ConversationState opened = await database.TransactAsync(
            _server.ClientId,
            async transaction =>
            {
                Correspondent before = await ResolveAsync(transaction);
                await DeliverAsync(Message(customer, "both"));
                return await Conversations.OpenAsync(transaction, before, number, Guid.CreateVersion7(now), now, now);
            },
            Cancellation);

        Assert.Equal(await _server.ConversationAsync(customer), opened.Id);
    }

    [Fact]
    public async Task Messages_stored_together_wait_for_contacts_that_become_one_and_stand_in_no_conversation_that_ended()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(Message(customer, "user"));
        await DeliverAsync(Message(customer, "phone"));
        WorkspaceDatabase database = _server.Get<WorkspaceDatabase>();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Guid number = await _server.Database.ScalarAsync<Guid>("SELECT id FROM channel.number LIMIT 1");
        byte[] raw = Encoding.UTF8.GetBytes(new JsonObject { ["kind"] = "message", ["message"] = Message(customer, "user") }.ToJsonString());
        TaskCompletionSource merged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> merging = database.TransactAsync(
            _server.ClientId,
            async transaction =>
            {
                Correspondents correspondents = _server.Get<Correspondents>();
                Correspondent? user = await correspondents.FindAsync(transaction, [new IdentifierClaim("bsuid", $"IN.55{customer}")]);
                Correspondent? phone = await correspondents.FindAsync(transaction, [new IdentifierClaim("phone", customer)]);
                await ContactMerges.MergeAsync(transaction, user!.ContactId, phone!.ContactId, Actor.Intake, now);
                await transaction.RowAsync(new Statement("SELECT 1"), reader => reader.GetInt32(0));
                merged.SetResult();
                await release.Task;
                return true;
            },
            Cancellation);
        await merged.Task;

        Task<IReadOnlyList<ReceiptOutcome?>> storing = database.TransactAsync(
            _server.ClientId,
            transaction => _server.Get<ReceivedTogether>().ReceiveAsync(transaction, [new ArrivedMessage(number, InboundMessage.Read(raw), raw, now)]),
            Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock')"));
        release.SetResult();
        await merging;

        ReceiptOutcome.Stored stored = Assert.IsType<ReceiptOutcome.Stored>(Assert.Single(await storing));
        Assert.False(await _server.Database.ScalarAsync<bool>(
            $"SELECT c.superseded_by IS NOT NULL FROM vault.message m JOIN vault.conversation c ON c.id = m.conversation_id WHERE m.id = '{stored.Id}'"));
    }

    [Fact]
    public async Task The_first_messages_of_a_new_customer_at_once_under_both_identifiers_make_one_contact()
    {
        for (int round = 0; round < 5; round++)
        {
            (int contacts, int conversations) = (await CountAsync("contact"), await CountAsync("conversation"));
            string customer = shared.NewCustomer();

            await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(Message(customer, "both"))));
            await _server.SettledAsync();

            Assert.Equal((contacts + 1, conversations + 1), (await CountAsync("contact"), await CountAsync("conversation")));
            Assert.Equal(
                Enumerable.Range(1, 12).Select(turn => (long)turn),
                (await _server.MessagesAsync(customer)).Where(message => message.Direction == "in").Select(message => message.Turn).Order());
        }
    }

    private static JsonObject Message(string customer, string by) => MetaPayload.TextBy(customer, by, Unclear);

    private async Task DeliverAsync(JsonObject message)
    {
        await PostAsync(message);
        await _server.SettledAsync();
    }

    private async Task PostAsync(JsonObject message)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(message), Cancellation));
    }

    private Task<int> CountAsync(string table) => _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM vault.{table}");
}
