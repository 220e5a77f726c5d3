using Munshi.Audit;
using Munshi.Channels;
using Munshi.Import;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Tests.Import;

public sealed class ChatImportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Hours = "What are your timings?";

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_export_holds_stands_in_the_vault_at_its_own_time()
    {
        string customer = shared.NewCustomer();
        ImportOutcome.Imported imported = ExportedChat.Done(await _server.ImportAsync(
            "13/01/21, 10:00 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
            + "13/01/21, 10:00 - Asha: নমস্কার\n13/01/21, 10:00 - Asha: one\n13/01/21, 10:00 - Asha: two\n"
            + $"13/01/21, 10:05 - {ExportedChat.Shop}: <Media omitted>\n13/01/21, 10:06 - Asha: This message was deleted\n",
            customer));

        Assert.Equal((6, 6, 0, 1), (imported.Read, imported.Added, imported.Already, imported.OmittedMedia));
        StoredMessage[] messages = [.. await _server.MessagesAsync(customer)];
        Assert.Equal(
            [("in", "system"), ("in", "text"), ("in", "text"), ("in", "text"), ("out", "media"), ("in", "deleted")],
            messages.Select(message => (message.Direction, message.Kind)));
        Assert.Equal(["নমস্কার", "one", "two"], messages[1..4].Select(message => message.Text));
        Assert.Equal(new DateTimeOffset(2021, 1, 13, 4, 30, 0, TimeSpan.Zero), messages[1].ProviderAt); // 10:00 in India
        Assert.All(messages, message => Assert.Equal("import", message.Source));
    }

    [Fact]
    public async Task The_same_file_again_adds_nothing_and_a_longer_one_what_is_new()
    {
        string customer = shared.NewCustomer();
        ExportedChat.Done(await _server.ImportAsync(ExportedChat.Of(700), customer));
        string before = await StateAsync(customer);

        ImportOutcome.Imported again = ExportedChat.Done(await _server.ImportAsync(ExportedChat.Of(700), customer));

        Assert.Equal((700, 0, 700), (again.Read, again.Added, again.Already));
        Assert.Equal(before, await StateAsync(customer));
        ImportOutcome.Imported overlapping = ExportedChat.Done(await _server.ImportAsync(ExportedChat.Of(500, from: 600), customer));
        Assert.Equal((500, 400, 100), (overlapping.Read, overlapping.Added, overlapping.Already));
        Assert.Equal(Enumerable.Range(0, 1100).Select(i => $"message {i}"), (await _server.MessagesAsync(customer)).Select(message => message.Text));
    }

    [Fact]
    public async Task Equal_messages_of_one_minute_stay_as_many_as_they_are()
    {
        string customer = shared.NewCustomer();
        const string Twice = "13/01/21, 10:00 - Asha: ok\n13/01/21, 10:00 - Asha: ok\n";
        ExportedChat.Done(await _server.ImportAsync($"{Twice}13/01/21, 10:01 - {ExportedChat.Shop}: yes\n", customer));
        ImportOutcome.Imported apple = ExportedChat.Done(await _server.ImportAsync(
            "[13/01/21, 10:00:07] Asha: ok\r\n[13/01/21, 10:00:41] Asha: ok\r\n[13/01/21, 10:00:59] Asha: ok\r\n" + $"[13/01/21, 10:01:00] {ExportedChat.Shop}: yes\r\n", customer));

        Assert.Equal((1, 3), (apple.Added, apple.Already));
        Assert.Equal(["ok", "ok", "ok", "yes"], (await _server.MessagesAsync(customer)).Select(message => message.Text));
    }

    [Fact]
    public async Task With_and_without_media_a_message_is_the_same()
    {
        string customer = shared.NewCustomer();
        ExportedChat.Done(await _server.ImportAsync($"13/01/21, 10:00 - Asha: <Media omitted>\n13/01/21, 10:01 - {ExportedChat.Shop}: nice\n", customer));
        ImportOutcome.Imported media = ExportedChat.Done(await _server.ImportAsync(
            ExportedChat.Zip(
                "13/01/21, 10:00 - Asha: IMG-20210113-WA0000.jpg (file attached)\n"
                + $"13/01/21, 10:01 - {ExportedChat.Shop}: nice\n13/01/21, 10:02 - Asha: IMG-20210113-WA0001.jpg (file attached)\n",
                "IMG-20210113-WA0000.jpg"),
            customer));

        Assert.Equal((3, 1, 2, 1), (media.Read, media.Added, media.Already, media.Media));
        Assert.Equal(["IMG-20210113-WA0001.jpg"], media.MissingMedia);
    }

    [Fact]
    public async Task What_the_app_says_under_a_person_s_name_is_not_added_again()
    {
        string customer = shared.NewCustomer();
        string chat = $"13/01/21, 10:00 - Asha: hello\n13/01/21, 10:01 - Asha: Waiting for this message\n13/01/21, 10:02 - {ExportedChat.Shop}: yes\n";
        ExportedChat.Done(await _server.ImportAsync(chat, customer));

        Assert.Equal((3, 0), (ExportedChat.Done(await _server.ImportAsync(chat + "\n", customer)) is { } again ? (again.Read, again.Added) : default));
    }

    [Fact]
    public async Task An_import_wakes_nobody_opens_no_window_and_leaves_nothing_unread()
    {
        string customer = shared.NewCustomer();
        ExportedChat.Done(await _server.ImportAsync($"13/01/21, 10:00 - {ExportedChat.Shop}: Hello\n13/01/21, 10:01 - Asha: {Hours}\n", customer));
        await _server.SettledAsync();

        Assert.Equal(2, (await _server.MessagesAsync(customer)).Count);
        Munshi.Vault.ConversationState state = await _server.StateAsync(customer);
        Assert.Equal((0, null), (state.InboundCount, state.WindowFrom));
        Assert.False(state.WindowIsOpen(DateTimeOffset.UnixEpoch.AddYears(60)));
        Assert.Equal(new DateTimeOffset(2021, 1, 13, 4, 31, 0, TimeSpan.Zero), state.LastAt);
        Assert.Equal(0, await _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM channel.outbox WHERE conversation_id = '{state.Id}'"));
    }

    [Fact]
    public async Task Imported_and_received_messages_of_a_number_are_one_conversation()
    {
        string customer = shared.NewCustomer();
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, Hours)), Cancellation);
        await Eventually.TrueAsync(async () => (await _server.MessagesAsync(customer)).Count == 2);
        Munshi.Vault.ConversationState before = await _server.StateAsync(customer);

        ExportedChat.Done(await _server.ImportAsync(ExportedChat.Of(3), customer));

        Assert.Equal(["message 0", "message 1", "message 2", Hours], (await _server.MessagesAsync(customer)).Take(4).Select(message => message.Text));
        Assert.Equal(before, await _server.StateAsync(customer));
    }

    [Fact]
    public async Task Killed_in_the_middle_and_run_again_it_ends_in_the_same_state()
    {
        string customer = shared.NewCustomer();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<ImportOutcome> running = _server.ImportAsync(
            System.Text.Encoding.UTF8.GetBytes(ExportedChat.Of(20_000)), customer, cancellation: stop.Token);
        await Eventually.TrueAsync(async () => (await _server.MessagesAsync(customer)).Count > 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        long there = await CountAsync(customer);

        ImportOutcome.Imported rest = ExportedChat.Done(await _server.ImportAsync(ExportedChat.Of(20_000), customer));

        Assert.InRange(there, 1, 19_999);
        Assert.Equal((there, 20_000 - there), (rest.Already, rest.Added));
        Assert.Equal(20_000, await CountAsync(customer));
        Assert.Equal(1, await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.import WHERE conversation_id = '{await _server.ConversationAsync(customer)}'"));
    }

    [Fact]
    public async Task Another_workspace_s_import_of_the_same_file_stays_its_own()
    {
        string customer = shared.NewCustomer();
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync($"other-{customer}", ExportedChat.Shop, Actor.Operator, Cancellation)).ClientId;
        byte[] chat = System.Text.Encoding.UTF8.GetBytes(ExportedChat.Of(10));

        Assert.Equal(10, ExportedChat.Done(await _server.ImportAsync(chat, customer, workspace: other)).Added);
        Assert.Empty(await _server.MessagesAsync(customer));
        Assert.Equal(10, ExportedChat.Done(await _server.ImportAsync(chat, customer)).Added);
        Assert.Equal(10, await _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM vault.message WHERE client_id = '{other}'"));
    }

    [Fact]
    public async Task A_chat_imported_before_a_number_is_connected_goes_on_under_it()
    {
        string customer = shared.NewCustomer();
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync($"early-{customer}", ExportedChat.Shop, Actor.Operator, Cancellation)).ClientId;
        ExportedChat.Done(await _server.ImportAsync(System.Text.Encoding.UTF8.GetBytes(ExportedChat.Of(2)), customer, workspace: other));
        Guid app = await _server.Get<MetaApps>().RegisterAsync(other, RunningServer.AppSecret, RunningServer.VerifyToken, shared: false, Actor.Operator, Cancellation);
        string numberId = $"2{customer}";
        Assert.IsType<NumberOutcome.Connected>(await _server.Get<Numbers>().ConnectAsync(
            other, app, numberId, "919000000002", RunningServer.AccessToken, Actor.Operator, Cancellation));

        using MetaClient meta = new(new Uri(_server.Address, $"webhooks/whatsapp/{app}"), RunningServer.AppSecret);
        await meta.DeliverAsync(MetaPayload.Messages(numberId, MetaPayload.Text(customer, "hello again")), Cancellation);

        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.message WHERE client_id = '{other}' AND source = 'webhook'") == 1);
        Assert.Equal(1, await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.conversation WHERE client_id = '{other}' AND number_id IS NOT NULL"));
        Assert.Equal(1, await _server.Database.ScalarAsync<int>($"SELECT count(DISTINCT conversation_id)::int FROM vault.message WHERE client_id = '{other}'"));
    }

    [Fact]
    public async Task Every_imported_message_has_its_leaf_and_a_changed_one_is_found()
    {
        string customer = shared.NewCustomer();
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync($"proof-{customer}", ExportedChat.Shop, Actor.Operator, Cancellation)).ClientId;
        ExportedChat.Done(await _server.ImportAsync(System.Text.Encoding.UTF8.GetBytes(ExportedChat.Of(30)), customer, workspace: other));
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM ledger.entry WHERE client_id = '{other}' AND (leaf LIKE '%message.imported%' OR leaf LIKE '%chat.imported%')") == 31);

        Assert.True((await VerifyAsync(other)).IsOk);
        await Assert.ThrowsAsync<PostgresException>(() => _server.Database.AsSuperuserAsync($"UPDATE vault.import SET time_zone = 'UTC' WHERE client_id = '{other}'"));
        await _server.Database.AsSuperuserAsync(
            $"""
            ALTER TABLE vault.message DISABLE TRIGGER immutable;
            UPDATE vault.message SET direction = 'out' WHERE id = (SELECT min(id::text)::uuid FROM vault.message WHERE client_id = '{other}' AND direction = 'in');
            ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
            """);
        Assert.Equal(FindingKind.Commitment, Assert.Single((await VerifyAsync(other)).Findings).Kind);
    }

    [Theory]
    [InlineData("3/4/21, 14:05 - Asha: x\n", "919000009999", "The dates of this export can be read in two ways, and what is imported is never changed: say --date-order dmy or mdy.")]
    [InlineData("13/04/21, 14:05 - Asha: x\n13/04/21, 14:05 - Aparajita Sarees: y\n", null, "The export does not hold the customer's number: say it with --contact NUMBER.")]
    [InlineData("13/04/21, 14:05 - Asha: x\n13/04/21, 14:05 - Ravi: y\n", "919000009999", "Which of 'Asha' and 'Ravi' is the business? Say it with --business NAME.")]
    [InlineData("13/04/21, 14:05 - Asha: x\n13/04/96, 14:05 - Aparajita Sarees: y\n13/04/22, 14:05 - Asha: z\n", "919000009999", "The newest message of this export would be of 13 April 2096, which has not come yet, and what is imported is never changed: say with --date-order how its dates are written.")]
    [InlineData("13/04/21, 14:05 - Asha: x\n", "12", "The customer's number must be 8 to 15 digits with country code, for example +91 90000 00101.")]
    public async Task What_is_not_certain_is_refused_and_nothing_is_written(string text, string? contact, string sentence)
    {
        Assert.Equal(sentence, Assert.IsType<ImportOutcome.Refused>(await _server.ImportAsync(text, contact)).Sentence);
        Assert.Empty(await _server.MessagesAsync("919000009999"));
    }

    private Task<LedgerReport> VerifyAsync(Guid only) => _server.Get<LedgerVerifier>().VerifyAsync(only, Cancellation);

    private async Task<long> CountAsync(string customer) => await _server.Database.ScalarAsync<long>(
        $"SELECT count(*) FROM vault.message WHERE conversation_id = '{await _server.ConversationAsync(customer)}'");

    private async Task<string> StateAsync(string customer)
    {
        Guid conversation = await _server.ConversationAsync(customer);
        return await _server.Database.ScalarAsync<string>(
            $"SELECT (SELECT count(*) FROM vault.message m WHERE m.conversation_id = c.id) || ' ' || (SELECT count(*) FROM vault.import) || ' ' || c::text FROM vault.conversation c WHERE c.id = '{conversation}'");
    }
}
