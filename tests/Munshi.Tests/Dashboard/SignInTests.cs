using System.Net;
using Munshi.Access;
using Munshi.Database;
using Munshi.Web;

namespace Munshi.Tests.Dashboard;

public sealed class SignInTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox/00000000-0000-4000-8000-000000000001")]
    [InlineData("/events")]
    public async Task Without_a_session_a_page_leads_to_sign_in(string path)
    {
        using DashboardVisitor visitor = shared.NewVisitor();

        VisitedPage page = await visitor.GetAsync(path);
        VisitedPage signIn = await visitor.GetAsync(page.Location!);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (page.Status, page.Location));
        Assert.Contains("./munshi member sign-in-link", signIn.Text("code"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/inbox/00000000-0000-4000-8000-000000000001/owner")]
    [InlineData("/inbox/00000000-0000-4000-8000-000000000001/owner/release")]
    [InlineData("/inbox/00000000-0000-4000-8000-000000000001/messages")]
    [InlineData("/sign-out")]
    public async Task Without_a_session_nothing_is_done(string path)
    {
        using DashboardVisitor visitor = shared.NewVisitor();

        VisitedPage page = await visitor.PostAsync(path, []);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (page.Status, page.Location));
    }

    [Fact]
    public async Task On_this_machine_the_command_is_complete_and_elsewhere_it_tells_nothing()
    {
        using DashboardVisitor visitor = shared.NewVisitor();

        string here = (await visitor.GetAsync("/sign-in")).Text("code");
        string elsewhere = (await visitor.GetAsync("/sign-in", ("X-Forwarded-For", "203.0.113.7"))).Text("code");
        string named = (await visitor.GetAsync("/sign-in", ("Host", "inbox.example"))).Text("code");

        Assert.Contains($"--base-address {shared.Server.Address.ToString().TrimEnd('/')} --data /", here, StringComparison.Ordinal);
        Assert.Equal("./munshi member sign-in-link --workspace HANDLE", elsewhere);
        Assert.Equal("./munshi member sign-in-link --workspace HANDLE", named);
    }

    [Fact]
    public async Task A_used_link_leads_whoever_is_signed_in_to_the_inbox_and_others_to_a_new_one()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor visitor = shared.NewVisitor();

        VisitedPage inside = await owner.GetAsync("/sign-in/used");
        VisitedPage outside = await visitor.GetAsync("/sign-in/used");
        VisitedPage left = await owner.SubmitAsync(await owner.GetAsync("/inbox"), "#sign-out");

        Assert.Equal("/inbox", inside.Document.QuerySelector("main a.primary")!.GetAttribute("href"));
        Assert.Contains("./munshi member sign-in-link", outside.Text("code"), StringComparison.Ordinal);
        Assert.Contains("./munshi member sign-in-link", left.Text("code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_stands_inside_the_frame_for_whoever_is_signed_in()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor visitor = shared.NewVisitor();

        VisitedPage inside = await owner.GetAsync("/nothing/here");
        VisitedPage outside = await visitor.GetAsync("/nothing/here");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (inside.Status, outside.Status));
        Assert.NotNull(inside.Document.QuerySelector("nav.rail"));
        Assert.Null(outside.Document.QuerySelector("nav.rail"));
    }

    [Fact]
    public void Every_page_of_the_inbox_asks_for_a_session()
    {
        string[] open = [.. shared.Server.Get<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints
            .OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/inbox", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<Entrance>() is not { NeedsSession: true })
            .Select(endpoint => endpoint.RoutePattern.RawText!)];

        Assert.Empty(open);
    }

    [Fact]
    public async Task Opening_a_link_uses_nothing_up_and_the_button_signs_in()
    {
        string token = await shared.LinkAsync();
        using DashboardVisitor visitor = shared.NewVisitor();
        await visitor.GetAsync($"/sign-in/{token}");

        VisitedPage button = await visitor.GetAsync($"/sign-in/{token}");
        VisitedPage pressed = await visitor.SubmitAsync(button, "main form");
        VisitedPage inbox = await visitor.GetAsync(pressed.Location!);

        Assert.Equal(HttpStatusCode.OK, inbox.Status);
        Assert.Equal("Asha Owner", inbox.Text(".user-name"));
        Assert.Equal("Aparajita Sarees", inbox.Text(".workspace"));
    }

    [Fact]
    public async Task Of_two_presses_at_once_one_signs_in()
    {
        string token = await shared.LinkAsync();
        using DashboardVisitor one = shared.NewVisitor();
        using DashboardVisitor other = shared.NewVisitor();
        VisitedPage first = await one.GetAsync($"/sign-in/{token}");
        VisitedPage second = await other.GetAsync($"/sign-in/{token}");

        VisitedPage[] pressed = await Task.WhenAll(one.SubmitAsync(first, "main form"), other.SubmitAsync(second, "main form"));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Gone], pressed.Select(page => page.Status).Order());
    }

    [Fact]
    public async Task A_link_past_its_ten_minutes_does_not_sign_in()
    {
        string token = await shared.LinkAsync();
        using DashboardVisitor visitor = shared.NewVisitor();
        VisitedPage button = await visitor.GetAsync($"/sign-in/{token}");
        await shared.Server.Database.AsSuperuserAsync("UPDATE access.sign_in_link SET expires_at = now() - interval '1 second' WHERE used_at IS NULL");

        VisitedPage pressed = await visitor.SubmitAsync(button, "main form");
        VisitedPage opened = await visitor.GetAsync($"/sign-in/{token}");

        Assert.Equal(HttpStatusCode.Gone, pressed.Status);
        Assert.Equal(HttpStatusCode.Gone, opened.Status);
        Assert.Null(opened.Document.QuerySelector("main form"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%F0%9F%98%80")]
    public async Task A_link_that_was_never_issued_is_gone(string token)
    {
        using DashboardVisitor visitor = shared.NewVisitor();

        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync($"/sign-in/{token}")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_holds_the_cookie()
    {
        using DashboardVisitor visitor = await shared.OwnerAsync();
        VisitedPage inbox = await visitor.GetAsync("/inbox");
        string cookie = visitor.Cookies.GetCookies(shared.Server.Address)["munshi-session"]!.Value;

        VisitedPage signedOut = await visitor.SubmitAsync(inbox, "#sign-out");

        using DashboardVisitor thief = shared.NewVisitor();
        VisitedPage stolen = await thief.GetAsync("/inbox", ("Cookie", $"munshi-session={cookie}"));
        Assert.Equal("You are signed out", signedOut.Text("h1"));
        Assert.Null(visitor.Cookies.GetCookies(shared.Server.Address)["munshi-session"]);
        Assert.Equal("/sign-in", stolen.Location);
    }

    [Fact]
    public async Task A_session_ends_after_seven_days()
    {
        using DashboardVisitor visitor = await shared.ColleagueAsync();
        await shared.Server.Database.AsSuperuserAsync($"UPDATE access.session SET expires_at = now() WHERE person_id = '{shared.ColleagueId}'");

        Assert.Equal("/sign-in", (await visitor.GetAsync("/inbox")).Location);
    }

    [Fact]
    public async Task The_cookie_is_for_this_server_alone_and_out_of_reach_of_scripts()
    {
        string token = await shared.LinkAsync();
        using DashboardVisitor visitor = shared.NewVisitor();
        VisitedPage button = await visitor.GetAsync($"/sign-in/{token}");
        using FormUrlEncodedContent form = new([new("form-token", button.Document.QuerySelector("main input[name=form-token]")!.GetAttribute("value"))]);
        using HttpResponseMessage pressed = await visitor.Http.PostAsync($"/sign-in/{token}", form, Cancellation);

        string cookie = Assert.Single(pressed.Headers.GetValues("Set-Cookie"), value => value.Contains("session", StringComparison.Ordinal));
        Assert.Matches("^munshi-session=[A-Za-z0-9_-]{43}; max-age=604800; path=/; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task Behind_a_proxy_with_tls_the_cookie_is_bound_to_the_host()
    {
        string token = await shared.LinkAsync();
        using DashboardVisitor visitor = shared.NewVisitor();
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage opened = await visitor.Http.GetAsync($"/sign-in/{token}", Cancellation);
        string formCookie = opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        string field = Munshi.Tests.Web.PageRenderer.Parse(await opened.Content.ReadAsStringAsync(Cancellation))
            .QuerySelector("main input[name=form-token]")!.GetAttribute("value")!;
        using HttpRequestMessage request = new(HttpMethod.Post, $"/sign-in/{token}") { Content = new FormUrlEncodedContent([new("form-token", field)]) };
        request.Headers.Add("Cookie", formCookie);
        using HttpResponseMessage pressed = await visitor.Http.SendAsync(request, Cancellation);

        string cookie = Assert.Single(pressed.Headers.GetValues("Set-Cookie"), value => value.Contains("session", StringComparison.Ordinal));
        Assert.Matches("^__Host-munshi-session=[A-Za-z0-9_-]{43}; max-age=604800; path=/; secure; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task A_press_without_the_forms_token_is_refused_and_the_link_stays_usable()
    {
        string token = await shared.LinkAsync();
        using DashboardVisitor visitor = shared.NewVisitor();

        VisitedPage pressed = await visitor.PostAsync($"/sign-in/{token}", []);

        Assert.Equal(HttpStatusCode.BadRequest, pressed.Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/sign-in/{token}")).Status);
    }

    [Fact]
    public void The_keys_of_the_forms_lie_where_only_the_service_enters()
    {
        DataDirectory data = shared.Server.Get<DataDirectory>();

        Assert.NotEmpty(Directory.EnumerateFiles(data.DataProtection, "key-*.xml"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.DataProtection));
    }

    [Theory]
    [InlineData("css/app.css")]
    [InlineData("js/signals.js")]
    [InlineData("lib/htmx/htmx.min.js")]
    public async Task The_pages_files_are_served(string file)
    {
        using DashboardVisitor visitor = shared.NewVisitor();

        using HttpResponseMessage response = await visitor.Http.GetAsync(shared.Server.Get<AssetUrls>()[file], Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }
}
