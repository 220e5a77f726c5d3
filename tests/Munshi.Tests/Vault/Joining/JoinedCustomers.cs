using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Vault;
using Munshi.Vault.Joining;

namespace Munshi.Tests.Vault.Joining;

/// <summary>Customers who write, and what is stored of who they are.</summary>
internal sealed class JoinedCustomers(DashboardServer shared)
{
    private static int _customers;

    private RunningServer Server => shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string NewCustomer() => $"91900000{Interlocked.Increment(ref _customers) + 5000}";

    public async Task WriteAsync(JsonObject message)
    {
        await DeliverAsync(message);
        await Server.SettledAsync();
    }

    /// <summary>Without waiting for what becomes of it.</summary>
    public async Task DeliverAsync(JsonObject message)
    {
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages((JsonObject)message.DeepClone()), Cancellation));
    }

    public Task WriteAsync(string phone, string body) => WriteAsync(MetaPayload.Text(phone, body));

    public async Task<Guid> ContactAsync(string kind, string value) => (await CorrespondentAsync(kind, value)).ContactId;

    public async Task<Correspondent> CorrespondentAsync(string kind, string value) => await Server.Get<WorkspaceDatabase>().TransactAsync(
        Server.ClientId,
        async transaction => (await Server.Get<Correspondents>().FindAsync(transaction, [new IdentifierClaim(kind, value)]))!,
        Cancellation);

    /// <summary>The conversation that goes on with whoever has a phone number; empty where there is none.</summary>
    public async Task<Guid> OpenAsync(string phone) => await Server.Database.ScalarAsync<Guid>(
        $"SELECT coalesce((SELECT id FROM vault.conversation WHERE contact_id = '{await ContactAsync("phone", phone)}' AND superseded_by IS NULL), '{Guid.Empty}')");

    /// <summary>Two who each wrote by their own phone: the second one's conversation is the newer.</summary>
    public async Task<(string First, string Second, Guid FirstConversation, Guid SecondConversation)> TwoAsync()
    {
        (string first, string second) = (NewCustomer(), NewCustomer());
        await WriteAsync(first, "What are your timings?");
        await WriteAsync(second, "What are your timings?");
        return (first, second, await OpenAsync(first), await OpenAsync(second));
    }

    /// <summary>Says on their pages that the customers of two conversations are one.</summary>
    public static async Task<VisitedPage> JoinAsync(DashboardVisitor visitor, Guid conversation, Guid other)
    {
        VisitedPage asked = await visitor.GetAsync(ContactUrls.Joining(conversation, other));
        VisitedPage joined = await visitor.SubmitAsync(asked, "#joining-form");
        Assert.Equal(HttpStatusCode.Redirect, joined.Status);
        return await visitor.GetAsync(joined.Location!);
    }

    /// <summary>Takes the newest merge back that can be.</summary>
    public static async Task<VisitedPage> UndoAsync(DashboardVisitor visitor, VisitedPage page)
    {
        VisitedPage undone = await visitor.SubmitAsync(page, "#history form");
        Assert.Equal(HttpStatusCode.Redirect, undone.Status);
        return await visitor.GetAsync(undone.Location!);
    }

    public static async Task SplitAsync(WorkspaceTransaction transaction, Correspondent stays, Correspondent goes)
    {
        DateTimeOffset now = TimeProvider.System.GetMicrosecondNow();
        Guid target = Guid.CreateVersion7(now);
        transaction.Queue(ContactLocks.Alone(stays.ContactId));
        transaction.Queue(new Statement("INSERT INTO vault.contact (client_id, id, created_at) VALUES ($1, $2, $3)").Uuid(transaction.ClientId).Uuid(target).Time(now));
        AuditTrail.Record(transaction, new AuditEvent(Actor.Intake, "contact.created", "contact", target, now));
        SplitPlan plan = new() { EventId = Guid.CreateVersion7(now), ContactId = stays.ContactId, TargetId = target, Staying = [stays.Author.Id], Going = [goes.Author.Id] };
        await ContactSplits.SplitAsync(transaction, plan, Actor.Intake, now);
        await transaction.RowAsync(new Statement("SELECT 1"), reader => reader.GetInt32(0));
    }

    /// <summary>Contact and successor of a conversation.</summary>
    public Task<string> StandsAsync(Guid conversation) =>
        Server.Database.ScalarAsync<string>($"SELECT contact_id || ' ' || coalesce(superseded_by::text, 'goes on') FROM vault.conversation WHERE id = '{conversation}'");

    /// <summary>The conversation of the newest message of a customer.</summary>
    public async Task<Guid> WroteInAsync(string phone) => await Server.Database.ScalarAsync<Guid>(
        $"SELECT conversation_id FROM vault.message WHERE identifier_id = '{(await CorrespondentAsync("phone", phone)).Author.Id}' AND direction = 'in' ORDER BY received_at DESC, id DESC LIMIT 1");

    /// <summary>Contacts that have two conversations that go on with one number.</summary>
    public Task<long> TwiceOpenAsync() => Server.Database.ScalarAsync<long>(
        "SELECT count(*) FROM (SELECT FROM vault.conversation WHERE superseded_by IS NULL GROUP BY client_id, contact_id, number_id HAVING count(*) > 1) twice");
}
