using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Import;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Import;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Munshi.Vault.Joining;

namespace Munshi.Tests.Vault.Joining;

/// <summary>Two customers who were one for a while: what was said and asked for meanwhile is whose it was.</summary>
public sealed class SeparatedCustomersTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private readonly JoinedCustomers _customers = new(shared);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_names_somebody_who_is_being_separated_joins_nobody_whom_it_does_not_name(bool userIsKnown)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        await JoinedCustomers.JoinAsync(owner, older, newer);
        string user = $"IN.9{second}";
        if (userIsKnown)
        {
            await _customers.WriteAsync(MetaPayload.Text(null, user, "by user id"));
        }

        (Correspondent stays, Correspondent goes) = (await _customers.CorrespondentAsync("phone", first), await _customers.CorrespondentAsync("phone", second));
        TaskCompletionSource split = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> splitting = Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            async transaction =>
            {
                await JoinedCustomers.SplitAsync(transaction, stays, goes);
                split.SetResult();
                await release.Task;
                return true;
            },
            Cancellation);
        await split.Task;
        Task writing = _customers.WriteAsync(MetaPayload.Text(second, user, "by both"));
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"));
        release.SetResult();
        await splitting;
        await writing;

        Assert.Equal(await _customers.ContactAsync("phone", second), await _customers.ContactAsync("bsuid", user));
        Assert.NotEqual(await _customers.ContactAsync("phone", first), await _customers.ContactAsync("bsuid", user));
        Assert.Equal(0, await _customers.TwiceOpenAsync());
    }

    [Fact]
    public async Task A_stop_that_is_heard_after_its_writer_was_separated_is_the_writers_and_nobody_else_is_told()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(first, "It is me again");
        await _customers.WriteAsync(second, "STOP");
        Guid stop = await NewestOfAsync(second);
        await JoinedCustomers.UndoAsync(owner, joined);
        long said = await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.message WHERE conversation_id = '{newer}'");
        await ForgetAsync(stop, first, second);

        await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            transaction =>
            {
                Jobs.Enqueue(transaction, ReceivedMessages.TurnJob, stop, DateTimeOffset.UnixEpoch);
                return Task.FromResult(true);
            },
            Cancellation);
        await Server.SettledAsync();

        Assert.Equal((false, true), (await HasOptedOutAsync(first), await HasOptedOutAsync(second)));
        Assert.Equal(said, await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.message WHERE conversation_id = '{newer}'"));
    }

    /// <param name="before">What is written while they are two, each with who writes.</param>
    /// <param name="while">What is written while they are one.</param>
    /// <param name="first">Whether the first wants no automatic messages afterwards.</param>
    /// <param name="second">Whether the second does.</param>
    [Theory]
    [InlineData("1 STOP", "2 START", true, false)]
    [InlineData("2 STOP", "2 START", false, false)]
    [InlineData("1 STOP", "2 STOP,1 START", false, true)]
    [InlineData("2 STOP", "1 START", false, true)]
    [InlineData("", "1 STOP,2 START,1 STOP", true, false)]
    public async Task Who_asked_to_be_left_alone_is_left_alone_when_they_are_two_again_and_who_asked_for_messages_gets_them(string before, string @while, bool first, bool second)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string one, string other, Guid older, Guid newer) = await _customers.TwoAsync();
        await WriteAsync(before);
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await WriteAsync(@while);

        await JoinedCustomers.UndoAsync(owner, joined);

        Assert.Equal((first, second), (await HasOptedOutAsync(one), await HasOptedOutAsync(other)));

        async Task WriteAsync(string script)
        {
            foreach (string[] line in script.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
            {
                await _customers.WriteAsync(line[0] == "1" ? one : other, line[1]);
            }
        }
    }

    [Fact]
    public async Task What_whoever_left_wrote_is_no_part_of_what_whoever_stayed_asks_and_nothing_answers_it_there()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await Server.Get<Ownership>().TakeOverAsync(Server.ClientId, newer, Server.OwnerId, null, Cancellation); // so that nothing is answered
        await _customers.WriteAsync(first, "Is the blue one there?");
        await _customers.WriteAsync(second, "Is the red one there?");
        Guid left = await NewestOfAsync(second);
        VisitedPage before = await owner.GetAsync($"/inbox/{newer}");
        await JoinedCustomers.UndoAsync(owner, joined);
        await _customers.WriteAsync(first, "And the price?");
        Guid asked = await NewestOfAsync(first);

        (string[] earlier, string[] recent, QuotedMessage? quoted) = await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            async transaction =>
            {
                MessageTexts texts = Server.Get<MessageTexts>();
                MessageText message = (await texts.FindAsync(transaction, asked))!;
                return (
                    (await texts.EarlierInTurnAsync(transaction, message)).Select(one => one.Text!).ToArray(),
                    (await texts.RecentAsync(transaction, message, 24)).Where(one => !one.Outbound).Select(one => one.Text!).ToArray(),
                    await Server.Get<QuotedMessages>().FindAsync(transaction, newer, left));
            },
            Cancellation);
        VisitedPage after = await owner.GetAsync($"/inbox/{newer}");

        Assert.Equal(["Is the blue one there?"], earlier);
        Assert.Equal(["Is the blue one there?", "And the price?"], recent);
        Assert.Null(quoted);
        Assert.NotNull(before.Document.QuerySelector($"#m-{left} .acts"));
        Assert.Null(after.Document.QuerySelector($"#m-{left} .acts"));
        Assert.NotNull(after.Document.QuerySelector($"#m-{asked} .acts"));
    }

    [Fact]
    public async Task Who_left_and_had_been_answered_leaves_a_conversation_that_Munshi_goes_on_with()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second) = (JoinedCustomers.NewCustomer(), JoinedCustomers.NewCustomer());
        using SandboxPhone answered = new(Server, second);
        await _customers.WriteAsync(first, "What are your timings?");
        await answered.AskAsync("What are your timings?", TestContext.Current.CancellationToken);
        await Server.SettledAsync();
        (Guid older, Guid newer) = (await _customers.OpenAsync(first), await _customers.OpenAsync(second));
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(first, "What are your timings?");
        await _customers.WriteAsync(MetaPayload.Message(second, "reaction", new JsonObject { ["message_id"] = MetaPayload.NewId(), ["emoji"] = "👍" }));

        await JoinedCustomers.UndoAsync(owner, joined);

        Assert.Equal($"{await _customers.ContactAsync("phone", first)} goes on", await _customers.StandsAsync(newer));
        Assert.Equal("responder", await Server.Database.ScalarAsync<string>($"SELECT owner_kind FROM vault.conversation WHERE id = '{newer}'"));
    }

    [Fact]
    public async Task Who_left_is_not_answered_there_when_whoever_separated_them_hands_the_conversation_back()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(MetaPayload.Message(first, "reaction", new JsonObject { ["message_id"] = MetaPayload.NewId(), ["emoji"] = "👍" }));
        Guid asked = await NewestOfAsync(second);
        await JoinedCustomers.UndoAsync(owner, joined);
        await Server.Get<Ownership>().ReleaseAsync(Server.ClientId, newer, Server.OwnerId, null, Cancellation);
        long written = await WrittenAsync(newer);

        await Server.AskAgainAsync(asked);

        Assert.Equal($"{await _customers.ContactAsync("phone", first)} goes on", await _customers.StandsAsync(newer));
        Assert.Equal("separated", await Server.Database.ScalarAsync<string>($"SELECT reason FROM responder.agent_run WHERE message_id = '{asked}'"));
        Assert.Equal(written, await WrittenAsync(newer));
    }

    [Fact]
    public async Task What_Munshi_has_not_answered_when_its_writer_is_separated_is_left_to_the_person_who_separates_them()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(MetaPayload.Message(first, "reaction", new JsonObject { ["message_id"] = MetaPayload.NewId(), ["emoji"] = "👍" }));
        await Server.FaultsAsync(new { http429 = true });
        await _customers.DeliverAsync(MetaPayload.Text(second, "What are your timings?"));
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM channel.outbox WHERE conversation_id = '{newer}' AND state = 'queued' AND attempts > 0") == 1);

        await JoinedCustomers.UndoAsync(owner, joined);
        await Server.FaultsAsync(new { http429 = false });
        await Server.SettledAsync();

        Assert.Equal($"{await _customers.ContactAsync("phone", first)} goes on", await _customers.StandsAsync(newer));
        Assert.Equal($"person {Server.OwnerId}", await Server.Database.ScalarAsync<string>($"SELECT owner_kind || ' ' || owner_person_id FROM vault.conversation WHERE id = '{newer}'"));
        Assert.Equal("cancelled", await Server.Database.ScalarAsync<string>($"SELECT state FROM channel.outbox WHERE conversation_id = '{newer}' ORDER BY created_at DESC LIMIT 1"));
    }

    [Theory]
    [InlineData("request_welcome")]
    [InlineData("text")]
    public async Task Whoever_stays_keeps_the_window_that_they_opened_themselves(string kind)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        string opened = MetaPayload.Seconds(TimeProvider.System.GetUtcNow().AddMinutes(-30));
        JsonObject message = kind == "text" ? MetaPayload.Text(first, "hello") : MetaPayload.Message(first, kind, null);
        message["timestamp"] = opened;
        await _customers.WriteAsync(message);
        await _customers.WriteAsync(second, "What are your timings?");

        await JoinedCustomers.UndoAsync(owner, joined);

        Assert.Equal($"{await _customers.ContactAsync("phone", first)} goes on", await _customers.StandsAsync(newer));
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(opened, CultureInfo.InvariantCulture)),
            await Server.Database.ScalarAsync<DateTimeOffset>($"SELECT coalesce(window_from, 'epoch') FROM vault.conversation WHERE id = '{newer}'"));
    }

    [Fact]
    public async Task A_chat_that_was_imported_while_they_were_one_is_not_added_again_when_they_are_two()
    {
        const string Chat = "13/01/21, 10:00 - Asha: two metres please\n13/01/21, 10:07 - Aparajita Sarees: thank you kindly\n";
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(first, "It is me again");
        ExportedChat.Done(await Server.ImportAsync(Chat, second));
        await JoinedCustomers.UndoAsync(owner, joined);

        ImportOutcome.Imported again = ExportedChat.Done(await Server.ImportAsync(Chat + "13/01/21, 11:00 - Asha: good day\n", second));
        ImportOutcome.Imported others = ExportedChat.Done(await Server.ImportAsync(Chat, first));

        Assert.Equal($"{await _customers.ContactAsync("phone", first)} goes on", await _customers.StandsAsync(newer));
        Assert.Equal((1L, 2L), (again.Added, again.Already));
        Assert.Equal((2L, 0L), (others.Added, others.Already));
    }

    [Fact]
    public async Task An_import_whose_customer_is_joined_with_another_meanwhile_stops_and_says_so()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (_, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        Task<ImportOutcome> importing = Server.ImportAsync(ExportedChat.Of(20_000), second);
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.message WHERE conversation_id = '{newer}' AND source = 'import'") > 0);

        await JoinedCustomers.JoinAsync(owner, older, newer);

        Assert.Equal(ImportRefusal.Overtaken, Assert.IsType<ImportOutcome.Refused>(await importing).Reason);
    }

    [Fact]
    public async Task What_is_no_message_joins_nobody()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string customer = JoinedCustomers.NewCustomer();
        string user = $"IN.9{customer}";
        await _customers.WriteAsync(MetaPayload.Text(null, user, "by user id"));
        await _customers.WriteAsync(customer, "by phone");
        Guid conversation = await _customers.OpenAsync(customer);
        await _customers.WriteAsync(MetaPayload.Text(customer, user, "by both"));
        await JoinedCustomers.UndoAsync(owner, await owner.GetAsync(ContactUrls.Contact(conversation)));

        Correspondent named = await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            transaction => Server.Get<Correspondents>().ResolveAsync(
                transaction, [new IdentifierClaim("bsuid", user), new IdentifierClaim("phone", customer)], profileName: null, TimeProvider.System.GetMicrosecondNow(), Actor.Intake),
            Cancellation);

        Assert.Equal(await _customers.ContactAsync("bsuid", user), named.ContactId);
        Assert.NotEqual(named.ContactId, await _customers.ContactAsync("phone", customer));
    }

    [Fact]
    public async Task A_page_that_did_one_thing_does_not_say_that_it_did_another()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (_, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage page = await JoinedCustomers.JoinAsync(owner, older, newer);
        string leaves = (await _customers.CorrespondentAsync("phone", second)).Author.Id.ToString();

        VisitedPage separated = await owner.SubmitAsync(page, "#separation-form", ("identifier", leaves));
        VisitedPage again = await owner.SubmitAsync(page, "#separation-form", ("identifier", leaves));
        VisitedPage undone = await owner.SubmitAsync(page, "#history form");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (separated.Status, again.Status));
        Assert.Equal(HttpStatusCode.Conflict, undone.Status);
        Assert.StartsWith("This has changed since the page was made", undone.Text(".note.bad .state"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_would_take_a_conversation_that_goes_on_in_another_is_told_so()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (_, _, Guid older, Guid newer) = await _customers.TwoAsync();
        string token = (await owner.GetAsync("/inbox")).Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;
        await JoinedCustomers.JoinAsync(owner, older, newer);

        VisitedPage refused = await owner.PostAsync($"/inbox/{older}/owner", new Dictionary<string, string> { ["form-token"] = token, ["epoch"] = "0" });

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("This conversation continues in another one, so it cannot be taken over. Nothing was changed.", refused.Text("#owner-bar .problem"));
    }

    private Task<long> WrittenAsync(Guid conversation) =>
        Server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.message WHERE conversation_id = '{conversation}' AND direction = 'out'");

    private async Task<bool> HasOptedOutAsync(string phone) =>
        await Server.Database.ScalarAsync<bool>($"SELECT opted_out_at IS NOT NULL FROM vault.contact WHERE id = '{await _customers.ContactAsync("phone", phone)}'");

    private async Task<Guid> NewestOfAsync(string phone) => await Server.Database.ScalarAsync<Guid>(
        $"SELECT id FROM vault.message WHERE identifier_id = '{(await _customers.CorrespondentAsync("phone", phone)).Author.Id}' AND direction = 'in' ORDER BY received_at DESC, id DESC LIMIT 1");

    /// <summary>As it was before a turn was looked at.</summary>
    private async Task ForgetAsync(Guid message, params string[] phones)
    {
        await Server.Database.AsSuperuserAsync(
            $"""
            ALTER TABLE responder.agent_run DISABLE TRIGGER immutable;
            DELETE FROM responder.agent_run WHERE message_id = '{message}';
            ALTER TABLE responder.agent_run ENABLE ALWAYS TRIGGER immutable;
            """);
        foreach (string phone in phones)
        {
            Correspondent customer = await _customers.CorrespondentAsync("phone", phone);
            await Server.Database.AsSuperuserAsync(
                $"""
                UPDATE vault.contact SET opted_out_at = NULL WHERE id = '{customer.ContactId}';
                UPDATE vault.identifier SET opted_out_at = NULL, opted_in_at = NULL WHERE id = '{customer.Author.Id}';
                """);
        }
    }
}
