using System.Net;
using System.Net.Http.Headers;
using Munshi.Access.ApiKeys;
using Munshi.Database.Manifest;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Api;

public sealed class ApiDoorTests(DashboardServer shared, PostgresTemplate postgres) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Theory]
    [InlineData(null, "key-missing", "Bearer realm=\"munshi\"")]
    [InlineData("Basic bWl0YTpzZW4=", "key-missing", "Bearer realm=\"munshi\"")]
    [InlineData("Bearer", "key-not-valid", "Bearer realm=\"munshi\", error=\"invalid_token\"")]
    [InlineData("Bearer munshi_api_short", "key-not-valid", "Bearer realm=\"munshi\", error=\"invalid_token\"")]
    [InlineData("Bearer munshi_api_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "key-not-valid", "Bearer realm=\"munshi\", error=\"invalid_token\"")]
    public async Task Without_a_known_key_the_answer_is_401_with_a_challenge(string? authorization, string reason, string challenge)
    {
        using HttpClient http = new() { BaseAddress = Server.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        http.DefaultRequestHeaders.Add("X-Forwarded-For", $"192.0.2.{authorization?.Length ?? 0}"); // an address of its own, whose failures are counted alone

        foreach (string path in (string[])["api/v1/ledger/log", "api/v1/messages/7/proof", "api/v1/nothing", "api/v2"])
        {
            Assert.Equal((401, reason), await ApiProgram.RefusalAsync(http, path));
        }

        using HttpResponseMessage answer = await http.GetAsync("api/v1/ledger/log", Cancellation);
        Assert.Equal(challenge, answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(new CacheControlHeaderValue { NoStore = true }, answer.Headers.CacheControl);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_next_call_on()
    {
        using ApiProgram program = await ApiProgram.WithKeyAsync(Server, Server.ClientId, Server.OwnerId);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program, "ledger/entries"));

        Assert.True(await Server.Get<ApiKeyRegistry>().RevokeAsync(Server.ClientId, program.KeyId, Server.OwnerId, Cancellation));

        Assert.Equal((401, "key-not-valid"), await program.RefusalAsync("ledger/entries"));
    }

    [Fact]
    public async Task A_session_opens_nothing_here_and_a_key_opens_nothing_there()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using ApiProgram program = await ApiProgram.WithKeyAsync(Server, Server.ClientId, Server.OwnerId);

        VisitedPage api = await owner.GetAsync("/api/v1/ledger/log");
        using HttpClientHandler handler = new() { AllowAutoRedirect = false };
        using HttpClient http = new(handler) { BaseAddress = Server.Address };
        http.DefaultRequestHeaders.Authorization = program.Http.DefaultRequestHeaders.Authorization;
        using HttpResponseMessage dashboard = await http.GetAsync("ledger", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, api.Status);
        Assert.Equal("/sign-in", dashboard.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Answers_are_not_to_be_stored()
    {
        using ApiProgram program = await ApiProgram.WithKeyAsync(Server, Server.ClientId, Server.OwnerId);

        foreach (string path in (string[])["ledger/entries", "ledger/entries/x", "nothing"])
        {
            using HttpResponseMessage answer = await program.Http.GetAsync(path, Cancellation);
            Assert.Equal(new CacheControlHeaderValue { NoStore = true }, answer.Headers.CacheControl);
        }
    }

    [Fact]
    public async Task A_key_is_used_as_often_as_its_limit_and_others_of_the_workspace_go_on()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation, "--Api:CallsPerMinute=3");
        using ApiProgram busy = await ApiProgram.WithKeyAsync(server, server.ClientId, server.OwnerId);
        using ApiProgram calm = await ApiProgram.WithKeyAsync(server, server.ClientId, server.OwnerId);
        for (int call = 0; call < 3; call++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(busy, "ledger/entries"));
        }

        Assert.Equal((429, "too-many-calls"), await busy.RefusalAsync("ledger/entries"));
        using HttpResponseMessage refused = await busy.Http.GetAsync("ledger/entries", Cancellation);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(calm, "ledger/entries"));
    }

    [Fact]
    public async Task An_address_that_keeps_failing_is_not_listened_to_and_others_are()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation, "--Api:FailuresPerMinute=2");
        using ApiProgram program = await ApiProgram.WithKeyAsync(server, server.ClientId, server.OwnerId);
        using HttpClient stranger = new() { BaseAddress = server.Address };
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7, 198.51.100.9"); // the first is the caller's own invention
        using HttpClient neighbour = new() { BaseAddress = server.Address };
        neighbour.DefaultRequestHeaders.Add("X-Forwarded-For", "2001:db8:1:2:ffff::9");

        Assert.Equal((401, "key-missing"), await ApiProgram.RefusalAsync(stranger, "api/v1/ledger/log"));
        Assert.Equal((401, "key-missing"), await ApiProgram.RefusalAsync(stranger, "api/v1/ledger/log"));
        Assert.Equal((429, "too-many-failures"), await ApiProgram.RefusalAsync(stranger, "api/v1/ledger/log"));
        stranger.DefaultRequestHeaders.Remove("X-Forwarded-For");
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1, 198.51.100.9");
        Assert.Equal((429, "too-many-failures"), await ApiProgram.RefusalAsync(stranger, "api/v1/ledger/log"));
        Assert.Equal((401, "key-missing"), await ApiProgram.RefusalAsync(neighbour, "api/v1/ledger/log"));
        neighbour.DefaultRequestHeaders.Remove("X-Forwarded-For");
        neighbour.DefaultRequestHeaders.Add("X-Forwarded-For", "2001:db8:1:2::1");
        Assert.Equal((401, "key-missing"), await ApiProgram.RefusalAsync(neighbour, "api/v1/ledger/log"));
        Assert.Equal((429, "too-many-failures"), await ApiProgram.RefusalAsync(neighbour, "api/v1/ledger/log"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program, "ledger/entries"));
    }

    [Fact]
    public async Task A_key_made_before_a_restore_opens_nothing_after_it_since_its_revocation_may_be_what_was_lost()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        using ApiProgram before = await ApiProgram.WithKeyAsync(server, server.ClientId, server.OwnerId);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(before, "ledger/entries"));

        await server.Database.AsSuperuserAsync($"INSERT INTO work.restoration (client_id, at) VALUES ('{server.ClientId}', clock_timestamp())");
        using ApiProgram after = await ApiProgram.WithKeyAsync(server, server.ClientId, server.OwnerId);

        Assert.Equal((401, "key-not-valid"), await before.RefusalAsync("ledger/entries"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(after, "ledger/entries"));
        IReadOnlyList<ApiKeyRow> listed = await server.Get<ApiKeyRegistry>().ListAsync(server.ClientId, Cancellation);
        Assert.Equal([(after.KeyId, false), (before.KeyId, true)], listed.Select(key => (key.Id, key.RevokedAt is not null)));
    }

    [Fact]
    public async Task While_the_gate_is_closed_nothing_is_read()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        using ApiProgram program = await ApiProgram.WithKeyAsync(server, server.ClientId, server.OwnerId);
        await server.Database.AsSuperuserAsync("GRANT DELETE ON vault.message TO munshi_app");
        await server.Get<DatabaseGate>().CheckAsync(Cancellation);

        Assert.Equal((503, "intake-only"), await program.RefusalAsync("ledger/entries"));
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiProgram program, string path)
    {
        using HttpResponseMessage answer = await program.Http.GetAsync(path, Cancellation);
        return answer.StatusCode;
    }
}
