using System.Net;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Setup;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Workspaces;

namespace Munshi.Tests.Setup;

public sealed class ConnectingTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_way_from_the_app_to_a_first_message_works_without_javascript()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);

        VisitedPage webhook = await bench.WebhookPageAsync();
        Assert.StartsWith("Waiting for Meta", webhook.Text("#webhook-live .state"), StringComparison.Ordinal);
        Assert.True(webhook.Document.QuerySelector("#verify-token")!.GetAttribute("value")!.Length >= 32);
        await bench.AtMetaAsync(webhook);
        Assert.True(await bench.HandshakeAsync());
        await Eventually.TrueAsync(async () => (await bench.Owner.GetAsync("/setup/webhook")).Text("#webhook-live .state").StartsWith("Handshake seen on", StringComparison.Ordinal));
        Assert.Equal("/setup/number", (await bench.Owner.GetAsync("/setup")).Location);
        Assert.Equal("/setup/test", (await bench.ConnectAsync()).Location);
        VisitedPage waiting = await bench.Owner.GetAsync("/setup/test");
        Assert.Contains("+919000000021", waiting.Text(".step p"), StringComparison.Ordinal);
        Assert.Equal("No message has arrived yet", waiting.Text("#test-arrival .state"));
        using SandboxPhone phone = bench.NewPhone();
        await phone.WriteAsync(new { text = "Hello?" }, Cancellation);
        await Eventually.TrueAsync(async () => (await bench.Owner.GetAsync("/setup/test")).Text("#test-arrival .state").StartsWith("A message arrived", StringComparison.Ordinal));

        Assert.Equal("/setup/knowledge", (await bench.Owner.GetAsync("/setup")).Location);
        Assert.Equal(
            ["member.added", "meta-app.registered", "number.connected", "setup.account-subscribed", "setup.address-kept", "workspace.created"],
            await bench.Server.Database.ScalarAsync<string[]>(
                "SELECT array_agg(DISTINCT action ORDER BY action) FROM audit.event WHERE action ~ '^(setup|meta-app|number|workspace|member)\\.'"));
    }

    [Fact]
    public async Task No_page_ever_shows_a_secret_again()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();

        foreach (string path in new[] { "/setup/app", "/setup/webhook", "/setup/number", "/setup/test", "/setup/knowledge", "/settings/channels" })
        {
            VisitedPage page = await bench.Owner.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain(SetupBench.Secret, page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(SetupBench.Token, page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_verify_token_is_named_and_a_new_one_awaits_the_handshake_anew()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        VisitedPage webhook = await bench.WebhookPageAsync();
        await bench.AtMetaAsync(webhook, verifyToken: "another-token");
        Assert.False(await bench.HandshakeAsync());
        await Eventually.TrueAsync(async () => Troubles(await bench.Owner.GetAsync("/setup/webhook")).Contains("A handshake came with another verify token"));
        await bench.Owner.SubmitAsync(webhook, "form[action='/setup/webhook/verify-token']");
        VisitedPage fresh = await bench.Owner.GetAsync("/setup/webhook");
        Assert.Empty(Troubles(fresh));
        await bench.AtMetaAsync(fresh);
        Assert.True(await bench.HandshakeAsync());

        await Eventually.TrueAsync(async () => (await bench.Owner.GetAsync("/setup/webhook")).Text("#webhook-live .state").StartsWith("Handshake seen on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_secret_is_named_and_its_replacement_takes_effect_at_once()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();
        VisitedPage webhook = await bench.Owner.GetAsync("/setup/webhook");
        const string real = "00112233445566778899aabbccddeeff";
        await bench.AtMetaAsync(webhook, secret: real);
        using SandboxPhone phone = bench.NewPhone();
        await phone.WriteAsync(new { text = "Hello?" }, Cancellation);
        await Eventually.TrueAsync(async () => Troubles(await bench.Owner.GetAsync("/setup/test")).Contains("A delivery did not bear the app secret's signature"));

        VisitedPage replaced = await bench.Owner.SubmitAsync(await bench.Owner.GetAsync("/settings/channels"), "#secret-form", ("secret", real));

        Assert.Equal("/settings/channels?replaced=secret", replaced.Location);
        Assert.Equal("Replaced", (await bench.Owner.GetAsync(replaced.Location!)).Text(".note.ok .state"));
        await Eventually.TrueAsync(async () => (await bench.Owner.GetAsync("/setup/test")).Text("#test-arrival .state").StartsWith("A message arrived", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wrong-access-token", SetupBench.PhoneNumberId, "Meta does not accept the access token", "Meta's code: 190")]
    [InlineData(SetupBench.Token, "100000000000099", "Meta does not know this ID, or the token may not see it", "Meta's code: 100")]
    public async Task A_number_that_meta_refuses_is_explained_and_not_kept(string token, string id, string title, string code)
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.AtMetaAsync(await bench.WebhookPageAsync());

        VisitedPage refused = await bench.ConnectAsync(token, id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(title, refused.Text("[role=alert] .state"));
        Assert.Equal(code, refused.Text("[role=alert] .hint"));
        Assert.Equal(id, refused.Document.QuerySelector("#phone-number-id")!.GetAttribute("value"));
        Assert.DoesNotContain(token, refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, await bench.Server.Database.ScalarAsync<long>("SELECT count(*) FROM channel.number"));
    }

    [Fact]
    public async Task A_missing_permission_and_a_revoked_token_are_explained()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.AtMetaAsync(await bench.WebhookPageAsync());
        await bench.Server.FaultsAsync(new { permissionMissing = true });

        VisitedPage without = await bench.ConnectAsync();
        await bench.Server.FaultsAsync(new { permissionMissing = false, tokenRevoked = true });
        VisitedPage revoked = await bench.ConnectAsync();
        await bench.Server.StopSandboxAsync();
        VisitedPage away = await bench.ConnectAsync();

        Assert.Equal("The token lacks a permission", without.Text("[role=alert] .state"));
        Assert.Equal("Meta does not accept the access token", revoked.Text("[role=alert] .state"));
        Assert.Equal("Meta could not be reached", away.Text("[role=alert] .state"));
    }

    [Fact]
    public async Task A_number_that_meta_shows_otherwise_than_it_was_connected_keeps_its_token()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();
        await bench.AtMetaAsync(await bench.Owner.GetAsync("/setup/webhook"), number: "919000000022");

        VisitedPage refused = await bench.ConnectAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.StartsWith("This ID is connected here as another number", refused.Text("#number-problem"), StringComparison.Ordinal);
        Assert.Equal(0, await bench.Server.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event WHERE action = 'number.token-replaced'"));
    }

    [Fact]
    public async Task The_token_of_a_number_on_an_earlier_app_is_replaced()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();
        Guid clientId = (await bench.Server.Get<WorkspaceRegistry>().ListAsync(Cancellation))[0].ClientId;
        await bench.Server.Get<MetaApps>().RegisterAsync(clientId, SetupBench.Secret, RunningServer.VerifyToken, shared: false, Actor.Operator, Cancellation);

        VisitedPage replaced = await bench.ConnectAsync();

        Assert.Equal("/setup/test", replaced.Location);
        Assert.Equal(1, await bench.Server.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event WHERE action = 'number.token-replaced'"));
    }

    [Fact]
    public async Task An_account_that_is_not_subscribed_is_named_and_subscribed_with_its_id()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.AtMetaAsync(await bench.WebhookPageAsync());
        await bench.UnsubscribeAsync();
        Assert.True(await bench.HandshakeAsync());
        await bench.ConnectAsync(account: "");
        using SandboxPhone phone = bench.NewPhone();
        await phone.WriteAsync(new { text = "Lost" }, Cancellation);

        await Eventually.TrueAsync(async () => Troubles(await bench.Owner.GetAsync("/setup/test")).Contains("Meta has not delivered any message so far"));
        await bench.ConnectAsync();
        await phone.WriteAsync(new { text = "Found" }, Cancellation);

        await Eventually.TrueAsync(async () => (await bench.Owner.GetAsync("/setup/test")).Text("#test-arrival .state").StartsWith("A message arrived", StringComparison.Ordinal));
        Assert.Empty(Troubles(await bench.Owner.GetAsync("/setup/test")));
    }

    [Theory]
    [InlineData(null, "Meta accepted the test message on")]
    [InlineData("numberNotRegistered", "The number is not registered at WhatsApp")]
    [InlineData("recipientNotListed", "A test number writes to listed phones only")]
    [InlineData("paymentProblem", "Meta asks for a payment method")]
    [InlineData("tokenRevoked", "Meta does not accept the access token")]
    [InlineData("http500AfterAccept", "It is not certain whether the message left")]
    public async Task What_became_of_a_test_message_is_told_and_kept(string? fault, string told)
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();
        if (fault is not null)
        {
            await bench.Server.FaultsAsync(new Dictionary<string, bool> { [fault] = true });
        }

        VisitedPage sent = await bench.Owner.SubmitAsync(await bench.Owner.GetAsync("/setup/test"), "#test-form", ("recipient", "+91 90000-00702"));
        VisitedPage shown = await bench.Owner.GetAsync(sent.Location!);

        Assert.Equal("/setup/test", sent.Location);
        Assert.Contains(shown.Document.QuerySelectorAll(".note .state"), state => state.TextContent.Trim().StartsWith(told, StringComparison.Ordinal));
        Assert.DoesNotContain("9000000702", shown.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_test_message_within_a_minute_is_not_sent()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();
        using SandboxPhone phone = bench.NewPhone();

        VisitedPage first = await SendTestAsync(bench);
        VisitedPage second = await SendTestAsync(bench);
        int arrived = (await phone.MessagesAsync(Cancellation)).Count;
        await bench.Server.Database.AsSuperuserAsync("UPDATE setup.progress SET tested_at = tested_at - interval '1 minute'");
        VisitedPage third = await SendTestAsync(bench);

        Assert.Equal(("/setup/test", "/setup/test"), (first.Location, third.Location));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.StartsWith("The last test message was less than a minute ago", second.Text("#test-problem"), StringComparison.Ordinal);
        Assert.Equal((1, 2), (arrived, (await phone.MessagesAsync(Cancellation)).Count));
    }

    [Fact]
    public async Task A_test_message_does_not_go_to_a_customer_who_opted_out()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("STOP", Cancellation);
        int before = (await phone.MessagesAsync(Cancellation)).Count;

        VisitedPage refused = await SendTestAsync(bench);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.StartsWith("This customer asked for no automatic messages", refused.Text("#test-problem"), StringComparison.Ordinal);
        Assert.Equal(before, (await phone.MessagesAsync(Cancellation)).Count);
        Assert.Equal(0, await bench.Server.Database.ScalarAsync<long>("SELECT count(*) FROM setup.progress WHERE tested_at IS NOT NULL"));
    }

    [Theory]
    [InlineData("/setup/app", "#secret-form", "secret", "short", "#secret-problem")]
    [InlineData("/setup/webhook", "#address-form", "address", "http://inbox.example", "#address-problem")]
    [InlineData("/setup/webhook", "#address-form", "address", "https://inbox.example/path", "#address-problem")]
    [InlineData("/setup/webhook", "#address-form", "address", "", "#address-problem")]
    [InlineData("/setup/webhook", "#address-form", "address", "https://intranet", "#address-problem")]
    [InlineData("/setup/number", "#number-form", "phoneNumberId", "+919000000021", "#number-problem")]
    [InlineData("/setup/number", "#number-form", "phoneNumberId", "919000000021", "#number-problem")]
    [InlineData("/setup/test", "#test-form", "recipient", "me", "#test-problem")]
    public async Task What_cannot_be_right_is_refused_beside_its_field(string path, string form, string field, string value, string problem)
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();

        VisitedPage refused = await bench.Owner.SubmitAsync(await bench.Owner.GetAsync(path), form, (field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.NotEmpty(refused.Text(problem));
    }

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("https://127.0.0.1", true)]
    [InlineData("https://10.1.2.3", true)]
    [InlineData("https://192.168.1.20:8443", true)]
    [InlineData("https://172.16.0.9", true)]
    [InlineData("https://169.254.1.1", true)]
    [InlineData("https://[fe80::1]", true)]
    [InlineData("https://[fd00::1]", true)]
    [InlineData("https://munshi.local", true)]
    [InlineData("https://shop.localhost", true)]
    [InlineData("https://inbox.example", false)]
    [InlineData("https://93.184.216.34", false)]
    public void An_address_that_meta_cannot_reach_is_known(string text, bool local) =>
        Assert.Equal(local, PublicAddress.IsLocal(PublicAddress.Read(text) ?? text));

    [Fact]
    public async Task Such_an_address_is_refused_with_the_reason_where_meta_is_the_real_one()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres, "--Channels:GraphBaseAddress=https://graph.facebook.com/");
        await bench.Owner.SubmitAsync(await bench.Owner.GetAsync("/setup/app"), "#secret-form", ("secret", SetupBench.Secret));

        VisitedPage refused = await bench.Owner.SubmitAsync(await bench.Owner.GetAsync("/setup/webhook"), "#address-form", ("address", "https://192.168.1.20"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.StartsWith("Meta cannot reach that address", refused.Text("#address-problem"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_without_a_handshake_means_connected()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.AtMetaAsync(await bench.WebhookPageAsync());
        Assert.Equal("/setup/test", (await bench.ConnectAsync()).Location);
        using SandboxPhone phone = bench.NewPhone();
        await phone.WriteAsync(new { text = "When do you open?" }, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () =>
            (await bench.Owner.GetAsync("/settings/channels")).Text("#webhook-live .state").StartsWith("Connected: Meta delivers here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_an_owner_sets_up_and_only_their_own_workspace()
    {
        await using SetupBench bench = await SetupBench.StartAsync(postgres);
        await bench.ConnectedAsync();
        Guid clientId = (await bench.Server.Get<WorkspaceRegistry>().ListAsync(Cancellation))[0].ClientId;
        Members members = bench.Server.Get<Members>();
        Guid staff = await members.AddAsync(clientId, "Debjit Colleague", MemberRole.Staff, Actor.Operator, Cancellation);
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await bench.Server.Get<WorkspaceRegistry>().CreateAsync("other", "Other Shop", Actor.Operator, Cancellation)).ClientId;
        Guid stranger = await members.AddAsync(other, "Omar Other", MemberRole.Owner, Actor.Operator, Cancellation);
        using DashboardVisitor colleague = await SignedInAsync(bench, clientId, staff);
        using DashboardVisitor elsewhere = await SignedInAsync(bench, other, stranger);
        VisitedPage inbox = await colleague.GetAsync("/inbox");
        VisitedPage owners = await bench.Owner.GetAsync("/inbox");
        Dictionary<string, string> forged = new()
        {
            ["form-token"] = inbox.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!,
            ["secret"] = "ffffffffffffffffffffffffffffffff",
        };

        foreach (string path in new[] { "/setup", "/setup/app", "/setup/webhook", "/setup/number", "/setup/test", "/settings/channels", "/knowledge/new" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(path)).Status);
        }

        foreach (string path in new[] { "/setup/app", "/setup/webhook/verify-token", "/setup/number", "/setup/test", "/knowledge/entries", "/knowledge/import" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync(path, forged)).Status);
        }

        const string ways = "[href='/settings/channels'], [data-go='/settings/channels']";
        Assert.Empty(inbox.Document.QuerySelectorAll(ways));
        Assert.Equal(2, owners.Document.QuerySelectorAll(ways).Length);
        VisitedPage settings = await elsewhere.GetAsync("/settings/channels");
        Assert.Equal("No Meta app is connected yet", settings.Text(".note.info .state"));
        Assert.DoesNotContain(SetupBench.Number, settings.Html, StringComparison.Ordinal);
        await elsewhere.SubmitAsync(await elsewhere.GetAsync("/setup/app"), "#secret-form", ("secret", "ffffffffffffffffffffffffffffffff"));
        await elsewhere.SubmitAsync(await elsewhere.GetAsync("/setup/number"), "#number-form", ("phoneNumberId", SetupBench.PhoneNumberId), ("token", SetupBench.Token));
        Assert.Single(await bench.Server.Get<Numbers>().ListAsync(clientId, Cancellation));
        Assert.Empty(await bench.Server.Get<Numbers>().ListAsync(other, Cancellation));
    }

    /// <summary>To the number of <see cref="SetupBench.NewPhone"/>.</summary>
    private static async Task<VisitedPage> SendTestAsync(SetupBench bench) =>
        await bench.Owner.SubmitAsync(await bench.Owner.GetAsync("/setup/test"), "#test-form", ("recipient", "+91 90000-00701"));

    private static string[] Troubles(VisitedPage page) =>
        [.. page.Document.QuerySelectorAll("[data-trouble] .state").Select(state => state.TextContent.Trim())];

    private static async Task<DashboardVisitor> SignedInAsync(SetupBench bench, Guid clientId, Guid personId)
    {
        string token = await bench.Server.Get<SignInLinks>().IssueAsync(clientId, personId, Actor.Operator, Cancellation);
        DashboardVisitor visitor = new(bench.Server.Address);
        await visitor.SubmitAsync(await visitor.GetAsync($"/sign-in/{token}"), "main form");
        return visitor;
    }
}
