using System.Net;
using Munshi.Database.Manifest;
using Munshi.Tests.Running;

namespace Munshi.Tests.Dashboard;

public sealed class ClosedGateTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_promise_is_weakened_no_page_shows_anything_of_a_workspace()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = shared.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await shared.NewestConversationAsync();
        string link = await shared.LinkAsync();
        await shared.Server.Database.AsSuperuserAsync("GRANT DELETE ON vault.message TO munshi_app");
        await shared.Server.Get<DatabaseGate>().CheckAsync(Cancellation);

        foreach (string path in new[] { "/inbox", $"/inbox/{id}", "/events", $"/sign-in/{link}", "/sign-in" })
        {
            VisitedPage page = await owner.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.StartsWith("Intake only:", page.Text("main p"), StringComparison.Ordinal);
            Assert.DoesNotContain("Aparajita", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Asha", page.Html, StringComparison.Ordinal);
        }
    }
}
