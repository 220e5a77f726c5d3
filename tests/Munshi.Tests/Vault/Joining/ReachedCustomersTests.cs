using System.Text.Json.Nodes;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Tests.Vault.Joining;

/// <summary>Where messages leave to when a customer has several numbers or a user id.</summary>
public sealed class ReachedCustomersTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private readonly JoinedCustomers _customers = new(shared);

    private RunningServer Server => shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_for_one_number_leaves_to_that_number_or_to_a_newer_one_that_WhatsApp_told()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        await JoinedCustomers.JoinAsync(owner, older, newer);

        string[] joined = [await ReachedAsync(first), await ReachedAsync(second)];
        string moved = JoinedCustomers.NewCustomer();
        await _customers.WriteAsync(MetaPayload.Message(first, "system", new JsonObject { ["type"] = "user_changed_number", ["wa_id"] = moved }));
        string[] changed = [await ReachedAsync(first), await ReachedAsync(second)];

        Assert.Equal([$"+{first}", $"+{second}"], joined);
        Assert.Equal($"+{moved}", changed[0]);
    }

    [Fact]
    public async Task What_was_written_for_a_user_id_leaves_to_it_where_a_person_joined_somebody_with_another_number()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second) = (JoinedCustomers.NewCustomer(), JoinedCustomers.NewCustomer());
        string user = $"IN.7{first}";
        await _customers.WriteAsync(MetaPayload.Text(first, user, "What are your timings?"));
        await _customers.WriteAsync(second, "What are your timings?");
        SendRecipient? alone = await RecipientAsync("bsuid", user);

        await JoinedCustomers.JoinAsync(owner, await _customers.OpenAsync(first), await _customers.OpenAsync(second));

        Assert.Equal(new SendRecipient.Phone($"+{first}"), alone);
        Assert.Equal(new SendRecipient.User(user), await RecipientAsync("bsuid", user));
        Assert.Equal($"+{second}", await ReachedAsync(second));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_number_that_WhatsApp_says_is_somebodys_too_is_where_they_are_answered_whoever_was_first(bool isOlder)
    {
        (string known, string newer) = (JoinedCustomers.NewCustomer(), JoinedCustomers.NewCustomer());
        string user = $"IN.6{known}";
        if (isOlder)
        {
            await _customers.WriteAsync(newer, "by the other number");
        }

        await _customers.WriteAsync(MetaPayload.Text(known, user, "by number and user id"));
        if (!isOlder)
        {
            await _customers.WriteAsync(newer, "by the other number");
        }

        await _customers.WriteAsync(MetaPayload.Text(newer, user, "by the other number and user id"));

        Assert.Equal(new SendRecipient.Phone($"+{newer}"), await RecipientAsync("bsuid", user));
        Assert.Equal([$"+{known}", $"+{newer}"], [await ReachedAsync(known), await ReachedAsync(newer)]);
    }

    /// <summary>Where a message that was written for a phone number leaves to.</summary>
    private async Task<string> ReachedAsync(string phone) => Assert.IsType<SendRecipient.Phone>(await RecipientAsync("phone", phone)).Number;

    private async Task<SendRecipient?> RecipientAsync(string kind, string value)
    {
        Correspondent customer = await _customers.CorrespondentAsync(kind, value);
        return await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId, transaction => Server.Get<Recipients>().FindAsync(transaction, customer.ContactId, customer.Author.Id), Cancellation);
    }
}
