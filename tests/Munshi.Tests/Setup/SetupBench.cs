using System.Net.Http.Json;
using System.Text.Json;
using Munshi.Setup;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Setup;

/// <summary>An owner who has just come in, and the sandbox as Meta.</summary>
internal sealed class SetupBench : IAsyncDisposable
{
    public const string Secret = "89abcdef89abcdef89abcdef89abcdef";
    public const string Token = "EAAsandboxTokenForSetupTests";
    public const string PhoneNumberId = "100000000000021";
    public const string WabaId = "200000000000021";
    public const string Number = "919000000021";

    private readonly HttpClient _meta;

    private SetupBench(RunningServer server, DashboardVisitor owner)
    {
        (Server, Owner) = (server, owner);
        _meta = new HttpClient { BaseAddress = server.SandboxAddress };
    }

    public RunningServer Server { get; }

    public DashboardVisitor Owner { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SetupBench> StartAsync(PostgresTemplate postgres, params string[] settings)
    {
        RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation, settings);
        DashboardVisitor owner = new(server.Address);
        string token = (await server.Get<SetupLinks>().IssueAsync(Cancellation))!;
        VisitedPage pressed = await owner.SubmitAsync(await owner.GetAsync($"/setup/link/{token}"), "main form");
        await owner.SubmitAsync(await owner.GetAsync(pressed.Location!), "main form", ("name", "Mita Sen"), ("business", "Aparajita Sarees"));
        return new SetupBench(server, owner);
    }

    /// <summary>App secret and address given, as far as the webhook's page that shows callback and verify token.</summary>
    public async Task<VisitedPage> WebhookPageAsync()
    {
        await Owner.SubmitAsync(await Owner.GetAsync("/setup/app"), "#secret-form", ("secret", Secret));
        await Owner.SubmitAsync(await Owner.GetAsync("/setup/webhook"), "#address-form", ("address", Server.Address.ToString()));
        return await Owner.GetAsync("/setup/webhook");
    }

    /// <summary>What the owner enters at Meta.</summary>
    public async Task AtMetaAsync(VisitedPage webhook, string secret = Secret, string? verifyToken = null, string number = Number)
    {
        using HttpResponseMessage registered = await _meta.PutAsJsonAsync(
            "control/app",
            new
            {
                callback = webhook.Document.QuerySelector("#callback")!.GetAttribute("value"),
                appSecret = secret,
                verifyToken = verifyToken ?? webhook.Document.QuerySelector("#verify-token")!.GetAttribute("value"),
                accessToken = Token,
                phoneNumberId = PhoneNumberId,
                displayPhoneNumber = number,
                wabaId = WabaId,
                businessName = "Aparajita Sarees",
            },
            Cancellation);
        registered.EnsureSuccessStatusCode();
    }

    /// <summary>Meta's handshake; whether it succeeded.</summary>
    public async Task<bool> HandshakeAsync()
    {
        using HttpResponseMessage answer = await _meta.PostAsync("control/verify", null, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("verified").GetBoolean();
    }

    /// <summary>As Meta's page does it: the account's webhooks no longer go to the app.</summary>
    public async Task UnsubscribeAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Delete, $"v26.0/{WabaId}/subscribed_apps");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        using HttpResponseMessage answer = await _meta.SendAsync(request, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<VisitedPage> ConnectAsync(string token = Token, string id = PhoneNumberId, string account = WabaId) =>
        await Owner.SubmitAsync(await Owner.GetAsync("/setup/number"), "#number-form", ("phoneNumberId", id), ("wabaId", account), ("token", token));

    /// <summary>Everything up to a number that answers.</summary>
    public async Task ConnectedAsync(string account = WabaId)
    {
        await AtMetaAsync(await WebhookPageAsync());
        Assert.True(await HandshakeAsync());
        Assert.Equal("/setup/test", (await ConnectAsync(account: account)).Location);
    }

    public SandboxPhone NewPhone(string number = "919000000701") => new(Server, number);

    public async ValueTask DisposeAsync()
    {
        _meta.Dispose();
        Owner.Dispose();
        await Server.DisposeAsync();
    }
}
