using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Vault;

/// <summary>Shape: webhook reference of <c>user_preferences</c>.</summary>
public sealed class MarketingChoiceTests(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>A time that only the choice to be altered has.</summary>
    private const long Altered = 1_795_111_111;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", false)]
    [InlineData("stop@100", true)]
    [InlineData("stop@100 resume@200", false)]
    [InlineData("resume@200 stop@100", false)]
    [InlineData("resume@100 stop@100", true)]
    [InlineData("stop@100 stop@100 maybe@300", true)]
    public async Task The_newest_choice_holds_in_whatever_order_they_come(string choices, bool stopped)
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, "talk to a person")));
        foreach (string choice in choices.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await DeliverAsync(Preference(customer, choice.Split('@')[0], 1_795_244_000 + long.Parse(choice.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.Equal(stopped, await HasStoppedAsync(customer));
        Assert.Equal(choices.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Count(), await CountAsync(customer));
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_message_refused_because_marketing_was_stopped_says_so_too()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(shared.Server, customer);
        await phone.AskAsync("What are your timings?", Cancellation);
        await shared.Server.SettledAsync();
        Guid answer = (await shared.Server.MessagesAsync(customer)).Single(message => message.Direction == "out").Id;
        JsonObject failed = MetaPayload.Status("wamid.M" + customer, "failed", customer, answer.ToString());
        failed["errors"] = new JsonArray(new JsonObject { ["code"] = 131050, ["title"] = "User has stopped marketing messages" });

        await DeliverAsync(MetaPayload.Statuses(failed));
        await DeliverAsync(MetaPayload.Statuses(failed));

        Assert.Equal(1, await CountAsync(customer));
        Assert.True(await HasStoppedAsync(customer));
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_choice_that_was_altered_is_found()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(Preference(customer, "stop", Altered));
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);

        await AlterAsync("stop", "resume");
        bool ok = (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk;
        await AlterAsync("resume", "stop");

        Assert.False(ok);
    }

    private Task AlterAsync(string from, string to) => shared.Server.Database.AsSuperuserAsync(
        $"""
        BEGIN;
        ALTER TABLE vault.marketing_choice DISABLE TRIGGER immutable;
        UPDATE vault.marketing_choice SET choice = '{to}' WHERE choice = '{from}' AND at = to_timestamp({Altered});
        ALTER TABLE vault.marketing_choice ENABLE ALWAYS TRIGGER immutable;
        COMMIT
        """);

    private static byte[] Preference(string customer, string value, long at) => MetaPayload.Delivery(new JsonObject
    {
        ["field"] = "user_preferences",
        ["value"] = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = "919000000001", ["phone_number_id"] = RunningServer.PhoneNumberId },
            ["contacts"] = new JsonArray(new JsonObject { ["profile"] = new JsonObject { ["name"] = "Asha Rao" }, ["wa_id"] = customer }),
            ["user_preferences"] = new JsonArray(new JsonObject
            {
                ["wa_id"] = customer,
                ["detail"] = "User requested to stop marketing messages",
                ["category"] = "marketing_messages",
                ["value"] = value,
                ["timestamp"] = at,
            }),
        },
    });

    private async Task DeliverAsync(byte[] delivery)
    {
        using MetaClient meta = new(shared.Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(delivery, Cancellation));
        await shared.Server.SettledAsync();
    }

    private Task<bool> HasStoppedAsync(string customer) => shared.Server.Get<WorkspaceDatabase>().TransactAsync(shared.Server.ClientId, async transaction =>
    {
        Guid number = await shared.Server.Database.ScalarAsync<Guid>("SELECT id FROM channel.number");
        Correspondent known = (await shared.Server.Get<Correspondents>().FindAsync(transaction, [new IdentifierClaim("phone", customer)]))!;
        return await MarketingChoices.HasStoppedAsync(transaction, known.ContactId, number);
    }, Cancellation);

    private async Task<int> CountAsync(string customer)
    {
        Guid contact = await shared.Server.Get<WorkspaceDatabase>().TransactAsync(shared.Server.ClientId, async transaction =>
            (await shared.Server.Get<Correspondents>().FindAsync(transaction, [new IdentifierClaim("phone", customer)]))!.ContactId, Cancellation);
        return await shared.Server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.marketing_choice c JOIN vault.identifier i ON i.id = c.identifier_id WHERE i.contact_id = '{contact}'");
    }
}
