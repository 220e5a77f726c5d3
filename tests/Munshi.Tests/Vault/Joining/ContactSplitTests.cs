using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Munshi.Vault.Joining;
using Npgsql;

namespace Munshi.Tests.Vault.Joining;

/// <summary>A person says that two customers are one, and that one is two.</summary>
public sealed class ContactSplitTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private readonly JoinedCustomers _customers = new(shared);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    private ContactActs Acts => Server.Get<ContactActs>();

    [Fact]
    public async Task A_person_finds_another_customer_by_number_joins_them_and_taking_it_back_gives_back_what_it_took()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        (string olderBefore, string newerBefore) = (await _customers.StandsAsync(older), await _customers.StandsAsync(newer));

        VisitedPage sought = await colleague.SubmitAsync(await colleague.GetAsync(ContactUrls.Contact(older)), "#find-form", ("q", $"+91 {second[2..7]} {second[7..]}"));
        VisitedPage found = await colleague.GetAsync(sought.Location!);
        VisitedPage asked = await colleague.GetAsync(found.Document.QuerySelector("#found a")!.GetAttribute("href")!);
        VisitedPage joined = await colleague.GetAsync((await colleague.SubmitAsync(asked, "#joining-form")).Location!);
        Guid contact = await _customers.ContactAsync("phone", first);
        (string olderJoined, string newerJoined) = (await _customers.StandsAsync(older), await _customers.StandsAsync(newer));
        VisitedPage thread = await colleague.GetAsync($"/inbox/{newer}");
        VisitedPage undone = await JoinedCustomers.UndoAsync(colleague, joined);
        await _customers.WriteAsync(first, "And on Sunday?");
        await _customers.WriteAsync(second, "And on Monday?");

        Assert.Equal("They are one customer now", joined.Text(".note.ok .state"));
        Assert.Contains("Debjit Colleague", joined.Text("#history li"), StringComparison.Ordinal);
        Assert.Equal(($"{contact} {newer}", $"{contact} goes on"), (olderJoined, newerJoined));
        Assert.Equal(ContactUrls.Contact(newer), thread.Document.QuerySelector("#joined a")!.GetAttribute("href"));
        Assert.Equal("They are two customers now", undone.Text(".note.ok .state"));
        Assert.Equal((olderBefore, newerBefore), (await _customers.StandsAsync(older), await _customers.StandsAsync(newer)));
        Assert.Equal((older, newer), (await _customers.WroteInAsync(first), await _customers.WroteInAsync(second)));
        Assert.Equal(0, await _customers.TwiceOpenAsync());
        Assert.Equal(
            ["contact.merged", "contact.split"],
            await Server.Database.ScalarAsync<string[]>(
                $"SELECT array_agg(action ORDER BY id) FROM audit.event WHERE object = 'contact:{await _customers.ContactAsync("phone", second)}' AND actor = 'person:{shared.ColleagueId}'"));
        await Eventually.TrueAsync(async () => (await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_conversation_in_which_both_wrote_stays_and_whoever_went_gets_one_of_their_own()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(first, "What are your timings?");
        await _customers.WriteAsync(second, "What are your timings?");

        await JoinedCustomers.UndoAsync(owner, joined);
        string answerer = await Server.Database.ScalarAsync<string>($"SELECT owner_kind FROM vault.conversation WHERE id = '{newer}'");
        await _customers.WriteAsync(second, "What are your timings?");
        await _customers.WriteAsync(first, "And on Sunday?");

        Guid contact = await _customers.ContactAsync("phone", first);
        Assert.Equal(($"{contact} {newer}", $"{contact} goes on"), (await _customers.StandsAsync(older), await _customers.StandsAsync(newer)));
        Assert.Equal(newer, await _customers.WroteInAsync(first));
        Guid own = await _customers.WroteInAsync(second);
        Assert.DoesNotContain(own, new[] { older, newer });
        Assert.Equal($"{await _customers.ContactAsync("phone", second)} goes on", await _customers.StandsAsync(own));
        Assert.Equal("person", answerer); // what Munshi might yet say was for whoever went
        Assert.Equal(0, await _customers.TwiceOpenAsync());
    }

    [Fact]
    public async Task What_is_written_in_a_conversation_that_stayed_is_about_and_for_whoever_stayed()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(first, "It is me again");
        await _customers.WriteAsync(second, "What are your timings?");
        (Correspondent stays, Correspondent goes) = (await _customers.CorrespondentAsync("phone", first), await _customers.CorrespondentAsync("phone", second));
        await JoinedCustomers.UndoAsync(owner, joined);
        Guid field = Guid.CreateVersion7();
        await Server.Get<FieldBook>().MakeAsync(Server.ClientId, new Field(field, $"City {field:N}"[..30]), Server.OwnerId, Cancellation);

        FieldOutcome noted = await Server.Get<FieldValues>().SetAsync(Server.ClientId, newer, field, "Howrah", null, Server.OwnerId, Cancellation);
        bool reaches = await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            async transaction => await Server.Get<Recipients>().FindAsync(transaction, stays.ContactId, stays.Author.Id) is not null,
            Cancellation);
        bool reachesAnother = await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            async transaction => await Server.Get<Recipients>().FindAsync(transaction, stays.ContactId, goes.Author.Id) is not null,
            Cancellation);

        Assert.Equal(FieldOutcome.Done, noted);
        Assert.Equal(stays.Author.Id, await Server.Database.ScalarAsync<Guid>($"SELECT identifier_id FROM vault.field_value WHERE field_id = '{field}'"));
        Assert.Equal((true, false), (reaches, reachesAnother));
    }

    [Fact]
    public async Task What_WhatsApp_joined_is_recorded_and_taken_back_until_it_says_so_in_a_new_message()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string customer = JoinedCustomers.NewCustomer();
        string user = $"IN.7{customer}";
        JsonObject both = MetaPayload.Text(customer, user, "by both");
        await _customers.WriteAsync(MetaPayload.Text(null, user, "by user id"));
        await _customers.WriteAsync(customer, "by phone");
        Guid conversation = await _customers.OpenAsync(customer);
        (Guid byPhone, Guid byUser) = (await _customers.ContactAsync("phone", customer), await _customers.ContactAsync("bsuid", user));
        await _customers.WriteAsync(both);

        VisitedPage told = await owner.GetAsync(ContactUrls.Contact(conversation));
        await JoinedCustomers.UndoAsync(owner, told);
        (Guid, Guid) apart = (await _customers.ContactAsync("phone", customer), await _customers.ContactAsync("bsuid", user));
        await _customers.WriteAsync(both);
        (Guid, Guid) repeated = (await _customers.ContactAsync("phone", customer), await _customers.ContactAsync("bsuid", user));
        await _customers.WriteAsync(MetaPayload.Text(customer, user, "by both again"));

        Assert.Contains("WhatsApp says these two customers are one", told.Text("#history li"), StringComparison.Ordinal);
        Assert.Equal((byPhone, byUser), apart);
        Assert.Equal(apart, repeated);
        Assert.Equal(await _customers.ContactAsync("phone", customer), await _customers.ContactAsync("bsuid", user));
        Assert.Equal(0, await _customers.TwiceOpenAsync());
    }

    [Fact]
    public async Task One_identifier_of_several_becomes_a_customer_of_its_own_and_both_stay_left_alone()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        await _customers.WriteAsync(first, "STOP");
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        Guid leaves = (await _customers.CorrespondentAsync("phone", second)).Author.Id;

        VisitedPage none = await owner.SubmitAsync(joined, "#separation-form");
        VisitedPage page = await owner.GetAsync((await owner.SubmitAsync(joined, "#separation-form", ("identifier", leaves.ToString()))).Location!);

        Guid fresh = await _customers.ContactAsync("phone", second);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.Status);
        Assert.Equal("Choose at least one that goes, and leave at least one that stays.", none.Text(".note.bad .state"));
        Assert.Equal("They are two customers now", page.Text(".note.ok .state"));
        Assert.Single(page.Document.QuerySelectorAll("#known > li"));
        Assert.NotEqual(await _customers.ContactAsync("phone", first), fresh);
        Assert.Equal($"{fresh} goes on", await _customers.StandsAsync(newer));
        Assert.Equal($"{await _customers.ContactAsync("phone", first)} goes on", await _customers.StandsAsync(older));
        Assert.Equal(2, await Server.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM vault.contact WHERE opted_out_at IS NOT NULL AND id IN ('{fresh}', '{await _customers.ContactAsync("phone", first)}')"));
        await Eventually.TrueAsync(async () => (await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Merges_are_taken_back_in_any_order_and_one_conversation_goes_on_on_each_side()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid one, Guid two) = await _customers.TwoAsync();
        (string third, _, Guid three, _) = await _customers.TwoAsync();
        await JoinedCustomers.JoinAsync(owner, one, two);
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, two, three);

        string earlier = $"#{joined.Document.QuerySelectorAll("#history form")[^1].Id}";
        VisitedPage undone = await owner.GetAsync((await owner.SubmitAsync(joined, earlier)).Location!);
        Guid rest = await _customers.ContactAsync("phone", first);

        Assert.Equal("They are two customers now", undone.Text(".note.ok .state"));
        Assert.Equal($"{await _customers.ContactAsync("phone", second)} goes on", await _customers.StandsAsync(two));
        Assert.Equal(rest, await _customers.ContactAsync("phone", third));
        Assert.Equal(($"{rest} {three}", $"{rest} goes on"), (await _customers.StandsAsync(one), await _customers.StandsAsync(three)));
        Assert.Equal(0, await _customers.TwiceOpenAsync());
    }

    [Fact]
    public async Task Two_user_ids_are_two_people_whoever_says_otherwise()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second) = (JoinedCustomers.NewCustomer(), JoinedCustomers.NewCustomer());
        await _customers.WriteAsync(MetaPayload.Text(first, $"IN.8{first}", "hello"));
        await _customers.WriteAsync(MetaPayload.Text(second, $"IN.8{second}", "hello"));
        (Guid one, Guid other) = (await _customers.OpenAsync(first), await _customers.OpenAsync(second));

        VisitedPage asked = await owner.GetAsync(ContactUrls.Joining(one, other));
        ContactOutcome outcome = await Acts.MergeAsync(
            Server.ClientId, Guid.CreateVersion7(), (one, new(await _customers.ContactAsync("phone", first), Guid.Empty)), (other, new(await _customers.ContactAsync("phone", second), Guid.Empty)), Server.OwnerId, Cancellation);

        Assert.Equal("These are two people", asked.Text("#refused .state"));
        Assert.Null(asked.Document.QuerySelector("#joining-form"));
        Assert.Equal(ContactOutcome.TwoUsers, outcome);
        Assert.NotEqual(await _customers.ContactAsync("phone", first), await _customers.ContactAsync("phone", second));
    }

    [Fact]
    public async Task A_form_sent_twice_is_done_once_and_one_of_an_old_page_is_refused()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, _, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage asked = await owner.GetAsync(ContactUrls.Joining(older, newer));
        VisitedPage old = await owner.GetAsync(ContactUrls.Joining(newer, older));

        VisitedPage joined = await owner.SubmitAsync(asked, "#joining-form");
        VisitedPage again = await owner.SubmitAsync(asked, "#joining-form");
        VisitedPage page = await owner.GetAsync(joined.Location!);
        VisitedPage undone = await owner.SubmitAsync(page, "#history form");
        VisitedPage undoneAgain = await owner.SubmitAsync(page, "#history form");
        VisitedPage overtaken = await owner.SubmitAsync(old, "#joining-form");

        Assert.Equal((joined.Status, joined.Location), (again.Status, again.Location));
        Assert.Equal((HttpStatusCode.Redirect, undone.Location), (undoneAgain.Status, undoneAgain.Location));
        Assert.Equal(HttpStatusCode.Conflict, overtaken.Status);
        Assert.StartsWith("This has changed since the page was made", overtaken.Text(".note.bad .state"), StringComparison.Ordinal);
        Assert.Equal("merged split", await Server.Database.ScalarAsync<string>(
            $"SELECT string_agg(kind, ' ' ORDER BY at) FROM vault.contact_event WHERE contact_id = '{await _customers.ContactAsync("phone", first)}'"));
    }

    [Fact]
    public async Task Another_workspaces_customers_are_not_found()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor stranger = await shared.OtherOwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage page = await JoinedCustomers.JoinAsync(owner, older, newer);
        string token = (await stranger.GetAsync("/inbox")).Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;
        Dictionary<string, string> fields = page.Document.QuerySelectorAll("#history form:first-of-type input")
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);
        fields["form-token"] = token;
        fields["with-seen"] = fields["seen"];
        fields["identifier"] = (await _customers.CorrespondentAsync("phone", second)).Author.Id.ToString();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(ContactUrls.Contact(older))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(ContactUrls.Joining(older, newer))).Status);
        foreach (string path in new[] { ContactUrls.Undo(older), ContactUrls.Separation(older), ContactUrls.Joining(older, newer) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync(path, fields)).Status);
        }

        Assert.Equal(await _customers.ContactAsync("phone", first), await _customers.ContactAsync("phone", second));
    }

    [Fact]
    public async Task Nothing_goes_to_another_contact_and_nothing_goes_on_again_without_what_tells_of_it()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        Guid former = await _customers.ContactAsync("phone", second);
        await JoinedCustomers.JoinAsync(owner, older, newer);
        Guid identifier = (await _customers.CorrespondentAsync("phone", second)).Author.Id;

        foreach (string statement in new[]
        {
            $"UPDATE vault.identifier SET contact_id = '{former}' WHERE id = '{identifier}'",
            $"UPDATE vault.conversation SET contact_id = '{former}' WHERE id = '{newer}'",
            $"UPDATE vault.conversation SET superseded_by = NULL WHERE id = '{older}'",
            "UPDATE vault.contact_event SET conversation_ids = '{}'",
            "DELETE FROM vault.contact_event",
        })
        {
            await Assert.ThrowsAsync<PostgresException>(() => Server.Database.AsSuperuserAsync(statement));
            await Assert.ThrowsAsync<PostgresException>(() => Server.Get<WorkspaceDatabase>().ExecuteAsync(Server.ClientId, [new Statement(statement)], Cancellation));
        }

        Assert.Equal(await _customers.ContactAsync("phone", first), await _customers.ContactAsync("phone", second));
    }

    [Fact]
    public async Task A_merge_that_does_not_commit_leaves_nothing()
    {
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        (Guid one, Guid other) = (await _customers.ContactAsync("phone", first), await _customers.ContactAsync("phone", second));
        (string olderBefore, string newerBefore) = (await _customers.StandsAsync(older), await _customers.StandsAsync(newer));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Server.Get<WorkspaceDatabase>().TransactAsync<bool>(
            Server.ClientId,
            async transaction =>
            {
                await ContactMerges.MergeAsync(transaction, one, other, Actor.Intake, TimeProvider.System.GetMicrosecondNow());
                await transaction.RowAsync(new Statement("SELECT 1"), reader => reader.GetInt32(0));
                throw new InvalidOperationException("The power went.");
            },
            Cancellation));

        Assert.Equal((olderBefore, newerBefore), (await _customers.StandsAsync(older), await _customers.StandsAsync(newer)));
        Assert.Equal(0, await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.contact_event WHERE contact_id IN ('{one}', '{other}')"));
        Assert.Equal(0, await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM audit.event WHERE action = 'contact.merged' AND object = 'contact:{other}'"));
    }

    [Fact]
    public async Task A_message_that_was_on_its_way_while_its_writer_was_separated_comes_into_no_conversation_of_another()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        VisitedPage joined = await JoinedCustomers.JoinAsync(owner, older, newer);
        await _customers.WriteAsync(first, "It is me again"); // both wrote in the newer one: it stays
        Guid number = await Server.Database.ScalarAsync<Guid>($"SELECT number_id FROM vault.conversation WHERE id = '{newer}'");
        DateTimeOffset now = TimeProvider.System.GetMicrosecondNow();
        Correspondent before = await _customers.CorrespondentAsync("phone", second);

        await JoinedCustomers.UndoAsync(owner, joined);
        (Guid found, int together) = await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            async transaction =>
            {
                int open = (await Conversations.FindAsync(transaction, [(number, before.ContactId, before.Author.Id)])).Count;
                return ((await Conversations.OpenAsync(transaction, before, number, await FirstAsync(transaction), now, now)).Id, open);
            },
            Cancellation);

        Assert.Equal(0, together);
        Assert.DoesNotContain(found, new[] { older, newer });

        Task<Guid> FirstAsync(WorkspaceTransaction transaction) => transaction.RowAsync(
            new Statement("SELECT last_message_id FROM vault.conversation WHERE client_id = $1 AND id = $2").Uuid(Server.ClientId).Uuid(newer), reader => reader.GetGuid(0));
    }

    [Theory]
    [InlineData("919000000101", "919000000101")]
    [InlineData("+91 90000 00101", "919000000101")]
    [InlineData("90000 00101", "9000000101 919000000101")]
    [InlineData("09000000101", "919000000101")]
    [InlineData("+44 20 7946 0018", "442079460018")]
    [InlineData("Asha", "")]
    [InlineData("101", "")]
    [InlineData("Asha 9000000101", "")]
    public void A_number_is_understood_with_or_without_its_country(string typed, string numbers) =>
        Assert.Equal(numbers, string.Join(' ', ContactFinder.NumbersOf(typed)));
}
