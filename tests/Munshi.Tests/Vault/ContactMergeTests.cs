using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Npgsql;

namespace Munshi.Tests.Vault;

/// <summary>One person, known by several identifiers, and several persons, known by one.</summary>
public sealed class ContactMergeTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static int _customers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Fact]
    public async Task Who_wrote_by_phone_and_by_user_id_is_one_as_soon_as_a_message_names_both()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string customer = NewCustomer();
        await DeliverAsync(Text(null, $"IN.1{customer}", "by user id"));
        await DeliverAsync(Text(customer, null, "by phone"));
        Guid first = await ConversationAsync("bsuid", $"IN.1{customer}");
        Guid second = await ConversationAsync("phone", customer);
        Assert.NotEqual(first, second);

        await DeliverAsync(Text(customer, $"IN.1{customer}", "by both"));

        Assert.Equal(await ContactAsync("bsuid", $"IN.1{customer}"), await ContactAsync("phone", customer));
        Assert.Equal("2 1", string.Join(" ", await CountsAsync(second, first)));
        VisitedPage page = await owner.GetAsync($"/inbox/{second}");
        Assert.Equal($"/inbox/{first}", page.Document.QuerySelector("#earlier a")!.GetAttribute("href"));
        Assert.Equal($"/inbox/{second}", (await owner.GetAsync($"/inbox/{first}")).Document.QuerySelector("#superseded a")!.GetAttribute("href"));
        await Eventually.TrueAsync(async () => (await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_new_number_goes_on_in_the_same_conversation()
    {
        (string before, string now) = (NewCustomer(), NewCustomer());
        await DeliverAsync(Text(before, $"IN.2{before}", "hello"));
        JsonObject changed = MetaPayload.Message(before, "system", new JsonObject { ["type"] = "user_changed_number", ["body"] = "User changed", ["wa_id"] = now, ["user_id"] = $"IN.2{now}" });

        await DeliverAsync(changed);
        await DeliverAsync(Text(now, $"IN.2{now}", "it is me"));

        Assert.Equal(await ContactAsync("phone", before), await ContactAsync("bsuid", $"IN.2{now}"));
        Assert.Equal(await ConversationAsync("phone", before), await ConversationAsync("phone", now));
    }

    [Fact]
    public async Task A_new_number_that_wrote_before_the_change_was_told_becomes_one_with_the_old_and_its_wish_to_be_left_alone_holds()
    {
        (string before, string now) = (NewCustomer(), NewCustomer());
        await DeliverAsync(Text(before, $"IN.3{before}", "STOP"));
        await DeliverAsync(Text(now, $"IN.3{now}", "it is me"));

        await DeliverAsync(MetaPayload.Message(before, "system", new JsonObject { ["type"] = "user_changed_number", ["wa_id"] = now, ["user_id"] = $"IN.3{now}" }));

        Guid contact = await ContactAsync("phone", now);
        Assert.Equal(await ContactAsync("phone", before), contact);
        Assert.True(await Server.Database.ScalarAsync<bool>($"SELECT opted_out_at IS NOT NULL FROM vault.contact WHERE id = '{contact}'"));
    }

    [Fact]
    public async Task A_card_that_was_asked_for_tells_the_phone_number()
    {
        string customer = NewCustomer();
        await DeliverAsync(Text(null, $"IN.4{customer}", "hello"));
        JsonObject card = MetaPayload.Message(customer, "contacts", new JsonArray(new JsonObject
        {
            ["name"] = new JsonObject { ["formatted_name"] = "Asha" },
            ["phones"] = new JsonArray(new JsonObject { ["phone"] = $"+{customer}", ["wa_id"] = customer }),
        }));
        card.Remove("from");
        card["from_user_id"] = $"IN.4{customer}";
        card["origin"] = "contact_request";

        await DeliverAsync(card);

        Assert.Equal(await ContactAsync("bsuid", $"IN.4{customer}"), await ContactAsync("phone", customer));
    }

    [Fact]
    public async Task A_card_of_somebody_else_tells_nothing_of_the_sender()
    {
        (string customer, string other) = (NewCustomer(), NewCustomer());
        await DeliverAsync(MetaPayload.Message(customer, "contacts", new JsonArray(new JsonObject { ["phones"] = new JsonArray(new JsonObject { ["wa_id"] = other }) })));

        Assert.Equal(Guid.Empty, await ContactAsync("phone", other));
    }

    [Fact]
    public async Task A_number_that_changed_hands_does_not_make_its_new_owner_the_old_one()
    {
        string phone = NewCustomer();
        await DeliverAsync(Text(phone, $"IN.5{phone}", "my secret"));

        await DeliverAsync(Text(phone, $"IN.6{phone}", "hello, I am new here"));
        await DeliverAsync(Text(phone, $"IN.6{phone}", "still new"));

        Assert.NotEqual(await ContactAsync("bsuid", $"IN.5{phone}"), await ContactAsync("bsuid", $"IN.6{phone}"));
        Assert.NotEqual(await ConversationAsync("bsuid", $"IN.5{phone}"), await ConversationAsync("bsuid", $"IN.6{phone}"));
    }

    [Fact]
    public async Task A_conversation_leaves_no_contact_that_still_has_an_identifier()
    {
        (string one, string other) = (NewCustomer(), NewCustomer());
        await DeliverAsync(Text(one, null, "hello"));
        await DeliverAsync(Text(other, null, "hello"));
        Guid conversation = await ConversationAsync("phone", one);
        Guid contact = await ContactAsync("phone", other);

        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() =>
            Server.Database.AsSuperuserAsync($"UPDATE vault.conversation SET contact_id = '{contact}' WHERE id = '{conversation}'"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    private static string NewCustomer() => $"91900000{Interlocked.Increment(ref _customers) + 8000}";

    private static JsonObject Text(string? phone, string? userId, string body)
    {
        JsonObject message = MetaPayload.Text(phone ?? "", body);
        if (phone is null)
        {
            message.Remove("from");
        }

        if (userId is not null)
        {
            message["from_user_id"] = userId;
        }

        return message;
    }

    private async Task<Guid> ContactAsync(string kind, string value) => await Server.Get<WorkspaceDatabase>().TransactAsync(
        Server.ClientId,
        async transaction => await Server.Get<Correspondents>().FindAsync(transaction, [new IdentifierClaim(kind, value)]) is { } found ? found.ContactId : Guid.Empty,
        Cancellation);

    private async Task<Guid> ConversationAsync(string kind, string value) => await Server.Database.ScalarAsync<Guid>(
        $"SELECT id FROM vault.conversation WHERE contact_id = '{await ContactAsync(kind, value)}' AND superseded_by IS NULL");

    private async Task<long[]> CountsAsync(params Guid[] conversations)
    {
        List<long> counts = [];
        foreach (Guid conversation in conversations)
        {
            counts.Add(await Server.Database.ScalarAsync<long>($"SELECT inbound_count FROM vault.conversation WHERE id = '{conversation}'"));
        }

        return [.. counts];
    }

    private async Task DeliverAsync(JsonObject message)
    {
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(message), Cancellation));
        await Server.SettledAsync();
    }
}
