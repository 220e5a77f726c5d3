using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Health;
using Munshi.Keyring;
using Munshi.Media.Looking;
using Munshi.Notices;
using Munshi.Search.Feeding;
using Munshi.Tests.Keyring;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Npgsql;

namespace Munshi.Tests.Health;

public sealed class ReadyzTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_gate_is_told_by_the_number_of_differences_and_names_none()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        await server.Database.AsSuperuserAsync("ALTER TABLE vault.message DISABLE TRIGGER immutable; ALTER TABLE vault.message ADD COLUMN note uuid");
        await server.Get<DatabaseGate>().CheckAsync(Cancellation);

        (HttpStatusCode status, JsonElement json) = await AskAsync(server);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("intake-only", json.GetProperty("gate").GetString());
        Assert.Equal(
            server.Get<DatabaseGate>().Differences.Count(difference => difference.Weakens), json.GetProperty("differences").GetInt32());
        Assert.DoesNotContain("vault", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_the_intake_cannot_enter_is_not_ready()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server)).Status);
        await using NpgsqlConnection connection = await new AdminDatabase(server.Database.Address).OpenAsync("postgres", Cancellation);
#pragma warning disable CA2100 // a name made by the test
        await using NpgsqlCommand shut = new(
            $"""
            REVOKE CONNECT ON DATABASE {server.Database.Address.Database} FROM munshi_intake;
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{server.Database.Address.Database}' AND usename = 'munshi_intake'
            """,
            connection);
#pragma warning restore CA2100
        await shut.ExecuteNonQueryAsync(Cancellation);

        (HttpStatusCode status, JsonElement json) = await AskAsync(server);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, false), (status, json.GetProperty("ready").GetBoolean()));
        Assert.Equal(["The database cannot be reached."], Reasons(json));
    }

    [Fact]
    public async Task A_database_of_another_version_is_not_ready_and_the_remedy_is_not_published()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        await server.Database.AsSuperuserAsync("INSERT INTO migration.applied (number, name, checksum, applied_at) SELECT 9999, 'later', checksum, applied_at FROM migration.applied LIMIT 1");

        (HttpStatusCode status, JsonElement json) = await AskAsync(server);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(["The database is not as this version needs it; the log says what to do."], Reasons(json));
    }

    [Fact]
    public async Task An_empty_pool_of_keys_is_not_ready_until_it_is_filled()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        await server.Get<IEnumerable<IHostedService>>().OfType<KeyPoolFiller>().Single().StopAsync(Cancellation);
        KeyringBench.Drain(server.Get<KeyCustodian>());

        (HttpStatusCode empty, JsonElement json) = await AskAsync(server);
        server.Get<KeyCustodian>().Replenish();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, empty);
        Assert.Equal(["No fresh key is ready."], Reasons(json));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server)).Status);
    }

    [Theory]
    [InlineData(255_999_999, 1_000_000_000, true)]
    [InlineData(256_000_000, 1_000_000_000, false)]
    [InlineData(999_999_999, 100_000_000_000, true)]
    [InlineData(1_000_000_000, 100_000_000_000, false)]
    [InlineData(0, 0, true)]
    public void A_disk_with_less_than_256_MB_or_one_hundredth_is_nearly_full(long free, long total, bool expected) =>
        Assert.Equal(expected, DiskSpace.IsNearlyFull(free, total));

    [Fact]
    public async Task A_nearly_full_disk_is_not_ready()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);

        // /proc is a file system of no size
        Results<Ok<Readiness>, JsonHttpResult<Readiness>> answer = await Readyz.HandleAsync(
            server.Get<Databases>(), server.Get<DatabaseGate>(), server.Get<KeyCustodian>(), server.Get<HeadsFile>(), server.Get<LedgerHeads>(),
            server.Get<CheckpointState>(), new DataDirectory("/proc"), server.Get<MailServer>(), server.Get<MediaTools>(), server.Get<SearchProgress>(), TimeProvider.System, NullLogger<Readiness>.Instance, Cancellation);

        JsonHttpResult<Readiness> refused = Assert.IsType<JsonHttpResult<Readiness>>(answer.Result);
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, refused.StatusCode);
        Assert.Equal(["The disk is nearly full."], refused.Value!.Reasons);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> AskAsync(RunningServer server)
    {
        using HttpClient http = new() { BaseAddress = server.Address };
        using HttpResponseMessage answer = await http.GetAsync("readyz", Cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    private static IEnumerable<string?> Reasons(JsonElement json) => json.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString());
}
