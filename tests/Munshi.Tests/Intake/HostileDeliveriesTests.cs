using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Workspaces;

namespace Munshi.Tests.Intake;

/// <summary>One installation, two workspaces on a shared app, and everything hostile at once: each delivery has its outcome, nothing stops.</summary>
public sealed class HostileDeliveriesTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string OtherPhoneNumberId = "100000000000002";
    private const string Question = "What are your timings?";

    private RunningServer _server = null!;
    private MetaClient _meta = null!;
    private Uri _sharedWebhook = null!;
    private Guid _otherClientId;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation);
        _otherClientId = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync("other", "Other Shop", Actor.Operator, Cancellation)).ClientId;
        Guid sharedApp = await _server.Get<MetaApps>().RegisterAsync(
            _otherClientId, RunningServer.AppSecret, RunningServer.VerifyToken, shared: true, Actor.Operator, Cancellation);
        Assert.IsType<NumberOutcome.Connected>(await _server.Get<Numbers>().ConnectAsync(
            _otherClientId, sharedApp, OtherPhoneNumberId, "919000000002", RunningServer.AccessToken, Actor.Operator, Cancellation));
        _sharedWebhook = new Uri(_server.Address, $"webhooks/whatsapp/{sharedApp}");
        _meta = new MetaClient(_server.Webhook, RunningServer.AppSecret);
    }

    public ValueTask DisposeAsync()
    {
        _meta.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Between_hostile_deliveries_customers_are_answered_and_no_workspace_gets_what_is_not_its_own()
    {
        byte[] ordinary = MetaPayload.Messages(MetaPayload.Text("919000008001", Question));
        (Func<Task<HttpStatusCode>> Deliver, HttpStatusCode Answer)[] hostile =
        [
            (() => _meta.PostAsync(ordinary, "sha256=" + new string('0', 64), Cancellation), HttpStatusCode.Unauthorized),
            (() => _meta.PostAsync(ordinary, signature: null, Cancellation), HttpStatusCode.Unauthorized),
            (() => _meta.DeliverAsync(new byte[5 * 1024 * 1024], Cancellation), HttpStatusCode.RequestEntityTooLarge),
            (() => _meta.DeliverAsync("{\"object\":"u8.ToArray(), Cancellation), HttpStatusCode.OK),
            (() => _meta.DeliverAsync(HalfAPair("919000008002"), Cancellation), HttpStatusCode.OK),
            (() => _meta.DeliverAsync(MetaPayload.Messages(Raw("919000008003", """{"type":"hologram","hologram":{}}""")), Cancellation), HttpStatusCode.OK),
            (() => _meta.DeliverAsync(MetaPayload.Messages(Raw("919000008004", """{"timestamp":"0"}""")), Cancellation), HttpStatusCode.OK),
            (() => _meta.DeliverAsync(MetaPayload.Messages(Raw("919000008005", """{"timestamp":"253370764800"}""")), Cancellation), HttpStatusCode.OK),
            (() => _meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text("919000008006", new string('a', 65_536))), Cancellation), HttpStatusCode.OK),
            (() => SharedAsync(MetaPayload.Messages(MetaPayload.Text("919000008007", Question))), HttpStatusCode.OK),
        ];
        int answered = 0;
        foreach ((Func<Task<HttpStatusCode>> deliver, HttpStatusCode answer) in hostile)
        {
            Assert.Equal(answer, await deliver());
            string customer = $"91900000811{answered++}";
            using SandboxPhone phone = new(_server, customer);
            await phone.WriteAsync(new { text = Question }, Cancellation);
            await Eventually.TrueAsync(async () => (await _server.MessagesAsync(customer)).Any(message => message.Direction == "out"));
        }

        await _server.SettledAsync();
        Assert.Equal(0, await _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM intake.update WHERE client_id = '{_otherClientId}'"));
        Assert.Equal(0, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM work.dead_letter"));
        Assert.Equal("unknown-number 1", await _server.Database.ScalarAsync<string>("SELECT min(reason) || ' ' || count(*) FROM intake.quarantine"));
        Assert.Null(await _server.FindConversationAsync("919000008001"));
        Assert.Null(await _server.FindConversationAsync("919000008007"));
    }

    /// <summary>Signed rightly for the shared app, and naming a number of the workspace that does not hang on it.</summary>
    private async Task<HttpStatusCode> SharedAsync(byte[] body)
    {
        using MetaClient shared = new(_sharedWebhook, RunningServer.AppSecret);
        return await shared.DeliverAsync(body, Cancellation);
    }

    private static byte[] HalfAPair(string customer) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(MetaPayload.Messages(MetaPayload.Text(customer, "HALF"))).Replace("HALF", "\\ud83d", StringComparison.Ordinal));

    private static JsonObject Raw(string customer, string parts)
    {
        JsonObject message = MetaPayload.Text(customer, "Hello");
        foreach ((string name, JsonNode? value) in JsonNode.Parse(parts)!.AsObject())
        {
            message[name] = value?.DeepClone();
        }

        return message;
    }
}
