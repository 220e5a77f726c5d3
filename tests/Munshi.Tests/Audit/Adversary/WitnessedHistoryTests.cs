using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Witnesses;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Audit.Witnesses;
using Munshi.Tests.Postgres;
using Munshi.Tests.Sandbox;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>What nobody on the machine can see any more, a witness sees.</summary>
public sealed class WitnessedHistoryTests(PostgresTemplate postgres) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { MaxResponseContentBufferSize = 64 * 1024 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_database_rolled_back_together_with_its_checkpoint_file_is_found_by_the_witness_and_signs_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        byte[] yesterday = signed.File.Read()!;
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        signed.Use(_http, 1, witness.Configured);
        await signed.ActAsync(log);
        await signed.SignAsync();
        await signed.ActAsync(log);
        await signed.SignAsync(); // 3 is cosigned
        await signed.RollBackAsync(log, 2);
        await File.WriteAllBytesAsync(signed.FilePath, yesterday, Cancellation);
        Assert.Null(await new SignedPast(signed.Databases, signed.File, new CheckpointState()).RefusalAsync(Cancellation)); // nothing here tells
        signed.Use(_http, 1, witness.Configured);

        string reason = Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason;

        Assert.StartsWith("witness witness.example/w1 says that it cosigned 3 ticks, and 2 were published here: ", reason, StringComparison.Ordinal);
        Assert.Contains("it shows a checkpoint of 3 ticks with root ", reason, StringComparison.Ordinal);
        Assert.Equal(reason, await signed.Condition.RefusalAsync(Cancellation));
        await signed.ActAsync(log);
        Assert.Equal(new TickOutcome.Refused(reason), await signed.SignAsync());
        Assert.Equal(2L, await signed.PublishedSizeAsync());
    }

    [Fact]
    public async Task Of_two_histories_under_one_key_the_witness_stops_the_second()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await using SignedDatabase forked = await SignedDatabase.CreateAsync(postgres);
        LedgerIdentity.Create(signed.Data.Secrets, "shop.example/ledger").Dispose();
        foreach (string key in Directory.EnumerateFiles(signed.Data.Secrets, "ledger-*"))
        {
            File.Copy(key, Path.Combine(forked.Data.Secrets, Path.GetFileName(key)));
        }

        await signed.FillAsync(3);
        Guid log = await forked.FillAsync(5);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        signed.Use(_http, 1, witness.Configured);
        forked.Use(_http, 1, witness.Configured);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        await forked.ActAsync(log);

        string reason = Assert.IsType<TickOutcome.Refused>(await forked.SignAsync()).Reason;

        Assert.StartsWith("witness witness.example/w1 says that it cosigned another history than the one here, up to size 3; it shows a checkpoint of 3 ticks", reason, StringComparison.Ordinal);
        Assert.Equal(5L, await forked.PublishedSizeAsync());
        Assert.Equal(reason, await forked.Condition.RefusalAsync(Cancellation));
    }

    [Fact]
    public async Task What_a_witness_shows_while_the_server_runs_stops_the_next_signature()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        await using FakeWitness witness = await FakeWitness.StartAsync();
        witness.Answer = witness.CosignAsync;
        signed.Use(_http, 1, witness.Configured);
        await using CheckpointSigner signer = signed.NewSigner();
        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation));
        witness.Answer = (context, request) => request is null ? witness.CosignAsync(context, null) : FakeWitness.SizeAsync(context, "900\n");
        using CosignatureService service = new(signed.Witnesses, signed.State, TimeProvider.System, NullLogger<CosignatureService>.Instance);

        await service.StartAsync(Cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(signed.State.WitnessRefusal is not null));
        await service.StopAsync(Cancellation);
        await signed.ActAsync(log);

        string reason = Assert.IsType<TickOutcome.Refused>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Reason;
        Assert.StartsWith("witness fake.example/w says that it cosigned 900 ticks, and 3 were published here: ", reason, StringComparison.Ordinal);
        Assert.EndsWith("it shows no checkpoint that this installation's key signed", reason, StringComparison.Ordinal);
    }
}
