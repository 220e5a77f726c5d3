using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Api;

/// <summary>A server whose first signature waits for a witness that does not know it.</summary>
public sealed class NotSignedYetTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_there_but_not_signed_is_a_409_that_says_when_to_ask_again()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync(
            postgres, Cancellation, $"--Ledger:Witnesses:0:Vkey={WorkedLog.WitnessVkey}", $"--Ledger:Witnesses:0:Url={witness.Address}", "--Ledger:Origin=shop.example/ledger");
        using ApiProgram program = await ApiProgram.WithKeyAsync(server, server.ClientId, server.OwnerId);
        using SandboxPhone phone = new(server, "919000000042");
        await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.entry WHERE leaf LIKE '%message.received%'") == 1);
        Guid message = await server.Database.ScalarAsync<Guid>("SELECT id FROM vault.message WHERE direction = 'in'");

        foreach (string path in (string[])["ledger/log", "ledger/entries/0/proof", "ledger/entries/0/proof.tlog-proof", $"messages/{message}/proof", $"messages/{message}/head-proof.tlog-proof"])
        {
            Assert.Equal((409, "not-signed-yet"), await program.RefusalAsync(path));
            using HttpResponseMessage answer = await program.Http.GetAsync(path, Cancellation);
            Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await program.GetAsync("ledger/entries/0")).GetProperty("signedSize").ValueKind);
        Assert.Equal((404, "not-there"), await program.RefusalAsync($"messages/{Guid.NewGuid()}/proof"));
    }
}
