using Munshi.Access;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Workspaces;

namespace Munshi.Tests.Dashboard;

/// <summary>One running server for the tests of a class, with a second workspace beside the first.</summary>
public sealed class DashboardServer(PostgresTemplate postgres) : IAsyncLifetime
{
    private int _customers;

    internal RunningServer Server { get; private set; } = null!;

    internal Guid OtherClientId { get; private set; }

    internal Guid OtherOwnerId { get; private set; }

    internal Guid ColleagueId { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(postgres, CancellationToken.None, "--Channels:HealthInterval=01:00:00"); // the tests ask themselves
        Members members = Server.Get<Members>();
        ColleagueId = await members.AddAsync(Server.ClientId, "Debjit Colleague", MemberRole.Staff, Actor.Operator, CancellationToken.None);
        OtherClientId = Assert.IsType<WorkspaceOutcome.Created>(
            await Server.Get<WorkspaceRegistry>().CreateAsync("other", "Other Shop", Actor.Operator, CancellationToken.None)).ClientId;
        OtherOwnerId = await members.AddAsync(OtherClientId, "Omar Other", MemberRole.Owner, Actor.Operator, CancellationToken.None);
    }

    /// <summary>A customer no other test of the class has.</summary>
    internal SandboxPhone NewPhone() => new(Server, $"91900000{Interlocked.Increment(ref _customers) + 3000}");

    internal DashboardVisitor NewVisitor() => new(Server.Address);

    /// <summary>A browser in which the owner of the first workspace is signed in.</summary>
    internal Task<DashboardVisitor> OwnerAsync() => SignInAsync(Server.ClientId, Server.OwnerId);

    internal Task<DashboardVisitor> ColleagueAsync() => SignInAsync(Server.ClientId, ColleagueId);

    /// <summary>A browser in which the owner of the second workspace is signed in.</summary>
    internal Task<DashboardVisitor> OtherOwnerAsync() => SignInAsync(OtherClientId, OtherOwnerId);

    internal Task<string> LinkAsync() =>
        Server.Get<SignInLinks>().IssueAsync(Server.ClientId, Server.OwnerId, Actor.Operator, TestContext.Current.CancellationToken);

    /// <summary>A customer who asked and was answered, and the conversation.</summary>
    internal async Task<(SandboxPhone Phone, Guid ConversationId)> AnsweredAsync()
    {
        SandboxPhone phone = NewPhone();
        await phone.AskAsync("What are your timings?", TestContext.Current.CancellationToken);
        return (phone, await NewestConversationAsync());
    }

    /// <summary>The id of the conversation that moved last.</summary>
    internal Task<Guid> NewestConversationAsync() =>
        Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.conversation ORDER BY last_at DESC LIMIT 1");

    /// <summary>Says that a conversation changed, as the vault does.</summary>
    internal Task SignalAsync(Guid clientId, Guid conversationId) => Server.Get<WorkspaceDatabase>().TransactAsync(clientId, transaction =>
    {
        Signals.Conversation(transaction, conversationId);
        return Task.FromResult(true);
    }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<DashboardVisitor> SignInAsync(Guid clientId, Guid personId)
    {
        string token = await Server.Get<SignInLinks>().IssueAsync(clientId, personId, Actor.Operator, TestContext.Current.CancellationToken);
        DashboardVisitor visitor = NewVisitor();
        VisitedPage button = await visitor.GetAsync($"/sign-in/{token}");
        VisitedPage pressed = await visitor.SubmitAsync(button, "main form");
        Assert.Equal("/inbox", pressed.Location);
        return visitor;
    }
}
