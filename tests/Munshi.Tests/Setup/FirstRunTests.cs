using System.Net;
using Munshi.Setup;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Setup;

public sealed class FirstRunTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_owner_the_first_pages_say_what_to_do_and_nobody_gets_in()
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        using DashboardVisitor visitor = new(server.Address);

        VisitedPage home = await visitor.GetAsync("/");
        VisitedPage inbox = await visitor.GetAsync(home.Location!);
        VisitedPage signIn = await visitor.GetAsync(inbox.Location!);
        VisitedPage setup = await visitor.GetAsync("/setup");
        string token = signIn.Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        VisitedPage claimed = await visitor.PostAsync(
            "/setup/owner", new Dictionary<string, string> { ["form-token"] = token, ["name"] = "Mallory", ["business"] = "Mallory Stores" });

        Assert.Equal("/sign-in", inbox.Location);
        Assert.Equal("This Munshi is not set up yet", signIn.Text("h1"));
        Assert.Contains("./munshi setup-link", signIn.Text("main"), StringComparison.Ordinal);
        Assert.Equal("/sign-in", setup.Location);
        Assert.Equal(HttpStatusCode.Gone, claimed.Status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("SELECT count(*) FROM workspace.workspace"));
    }

    [Fact]
    public async Task The_link_makes_the_first_owner_once_and_signs_them_in()
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        string link = $"/setup/link/{await server.Get<SetupLinks>().IssueAsync(Cancellation)}";
        using DashboardVisitor owner = new(server.Address);
        using DashboardVisitor other = new(server.Address);

        VisitedPage looked = await other.GetAsync(link);
        VisitedPage opened = await owner.GetAsync(link);
        VisitedPage pressed = await owner.SubmitAsync(opened, "main form");
        VisitedPage again = await other.SubmitAsync(looked, "main form");
        VisitedPage names = await owner.GetAsync(pressed.Location!);
        VisitedPage without = await owner.SubmitAsync(names, "main form", ("name", "Mita Sen"), ("business", " "));
        VisitedPage made = await owner.SubmitAsync(without, "main form", ("business", "Céline & मीता Sarees"));
        VisitedPage led = await owner.GetAsync(made.Location!);
        VisitedPage inbox = await owner.GetAsync("/inbox");
        VisitedPage strangers = await other.GetAsync("/setup");

        Assert.Equal("/setup", pressed.Location);
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Equal("Mita Sen", without.Document.QuerySelector("#owner-name")!.GetAttribute("value"));
        Assert.Equal("/setup/app", led.Location);
        Assert.Equal("Céline & मीता Sarees", inbox.Text(".workspace"));
        Assert.Equal("/sign-in", strangers.Location);
        Assert.Equal("celine-sarees", await server.Database.ScalarAsync<string>("SELECT slug FROM workspace.workspace"));
        Assert.Null(await server.Get<SetupLinks>().IssueAsync(Cancellation));
        Assert.Equal(
            ["member.added", "session.opened", "workspace.created"],
            await ActionsAsync(server));
    }

    [Fact]
    public async Task A_link_is_of_no_use_after_ten_minutes_or_after_a_newer_one()
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        SetupLinks links = server.Get<SetupLinks>();
        using DashboardVisitor visitor = new(server.Address);
        string earlier = $"/setup/link/{await links.IssueAsync(Cancellation)}";
        VisitedPage shown = await visitor.GetAsync(earlier);
        string newer = $"/setup/link/{await links.IssueAsync(Cancellation)}";

        VisitedPage replaced = await visitor.SubmitAsync(shown, "main form");
        HttpStatusCode usable = (await visitor.GetAsync(newer)).Status;
        await server.Database.AsSuperuserAsync("UPDATE setup.link SET expires_at = expires_at - interval '10 minutes'");
        VisitedPage late = await visitor.GetAsync(newer);

        Assert.Equal(TimeSpan.FromMinutes(10), SetupLinks.Lifetime);
        Assert.Equal(HttpStatusCode.Gone, replaced.Status);
        Assert.Equal(HttpStatusCode.OK, usable);
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync("/setup/link/x")).Status);
    }

    [Fact]
    public async Task Of_two_claims_at_once_one_makes_the_owner()
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        using DashboardVisitor first = new(server.Address);
        using DashboardVisitor second = new(server.Address);
        string[] links = [await LinkAsync(server), await LinkAsync(server)];
        await server.Database.AsSuperuserAsync("UPDATE setup.link SET expires_at = created_at + interval '10 minutes'"); // as if made at one moment
        VisitedPage one = await PressAsync(first, links[0]);
        VisitedPage two = await PressAsync(second, links[1]);

        VisitedPage[] made = await Task.WhenAll(
            first.SubmitAsync(one, "main form", ("name", "First"), ("business", "First Shop")),
            second.SubmitAsync(two, "main form", ("name", "Second"), ("business", "Second Shop")));

        Assert.Single(made, page => page.Status == HttpStatusCode.Redirect);
        Assert.Single(made, page => page.Status == HttpStatusCode.Gone);
        Assert.Equal(1, await server.Database.ScalarAsync<long>("SELECT count(*) FROM workspace.workspace"));
    }

    [Fact]
    public async Task A_newer_link_ends_the_claim_of_an_earlier_one()
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        using DashboardVisitor earlier = new(server.Address);
        using DashboardVisitor owner = new(server.Address);
        VisitedPage names = await ClaimAsync(server, earlier);
        string newer = await LinkAsync(server);

        VisitedPage setup = await earlier.GetAsync("/setup");
        VisitedPage late = await earlier.SubmitAsync(names, "main form", ("name", "Earlier"), ("business", "Earlier Shop"));
        VisitedPage made = await owner.SubmitAsync(await PressAsync(owner, newer), "main form", ("name", "Owner"), ("business", "Owner Shop"));

        Assert.Equal("/sign-in", setup.Location);
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Equal("/setup", made.Location);
        Assert.Equal("owner-shop", await server.Database.ScalarAsync<string>("SELECT slug FROM workspace.workspace"));
    }

    [Fact]
    public async Task A_claim_that_comes_second_by_a_moment_makes_nothing()
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        using DashboardVisitor second = new(server.Address);
        VisitedPage names = await ClaimAsync(server, second);
        await server.Database.AsSuperuserAsync("INSERT INTO setup.first_owner (at) VALUES (now())"); // the first has it; its workspace is not yet seen

        VisitedPage late = await second.SubmitAsync(names, "main form", ("name", "Second"), ("business", "Second Shop"));

        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("SELECT count(*) FROM workspace.workspace"));
    }

    [Theory]
    [InlineData("Aparajita Sarees", "aparajita-sarees")]
    [InlineData("  D'Souza & Sons (Goa) ", "d-souza-sons-goa")]
    [InlineData("दीपक मिठाई", "business")]
    [InlineData("Öçé 24/7", "oce-24-7")]
    [InlineData("a\uFFFE", "a")]
    [InlineData("\uFFFE", "business")]
    public void A_handle_is_made_from_the_business_name(string name, string handle) =>
        Assert.Equal(handle, Munshi.Workspaces.WorkspaceHandle.From(name));

    [Fact]
    public void A_handle_is_made_from_half_a_surrogate_pair_too() =>
        Assert.Equal("a-b", Munshi.Workspaces.WorkspaceHandle.From("a\uD83D b\uDE00")); // attributes cannot hold one

    [Fact]
    public async Task A_name_that_cannot_be_normalised_makes_an_owner_all_the_same()
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        using DashboardVisitor owner = new(server.Address);

        VisitedPage made = await owner.SubmitAsync(await ClaimAsync(server, owner), "main form", ("name", "Mita\uFFFE"), ("business", "a\uFFFE"));

        Assert.Equal("/setup", made.Location);
        Assert.Equal("a", await server.Database.ScalarAsync<string>("SELECT slug FROM workspace.workspace"));
    }

    private static async Task<string> LinkAsync(RunningServer server) => $"/setup/link/{await server.Get<SetupLinks>().IssueAsync(Cancellation)}";

    private static async Task<VisitedPage> ClaimAsync(RunningServer server, DashboardVisitor visitor) =>
        await PressAsync(visitor, await LinkAsync(server));

    private static async Task<VisitedPage> PressAsync(DashboardVisitor visitor, string link)
    {
        VisitedPage pressed = await visitor.SubmitAsync(await visitor.GetAsync(link), "main form");
        return await visitor.GetAsync(pressed.Location!);
    }

    private static async Task<string[]> ActionsAsync(RunningServer server) =>
        (await server.Database.ScalarAsync<string[]>("SELECT array_agg(action ORDER BY action) FROM audit.event"))!;
}
