using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>One who has the database and the key rewrites a log from any row on and signs everything again. Of two exports: <see cref="ForkedHistoryTests"/>.</summary>
public sealed class SignedAnewTests(PostgresTemplate postgres) : IDisposable
{
    private const int Rows = 6;

    private readonly HttpClient _http = new();

    public static TheoryData<long> AnyRow => [.. Enumerable.Range(0, Rows)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(AnyRow))]
    public async Task A_log_rewritten_from_any_row_and_signed_with_the_real_key_is_named_by_the_verifier_by_the_checkpoint_outside(long from)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(Rows);
        byte[] outside = await File.ReadAllBytesAsync(signed.FilePath, Cancellation);
        await signed.ForgeFromAsync(log, from);
        await File.WriteAllBytesAsync(signed.FilePath, outside, Cancellation);

        LedgerReport report = await signed.VerifyAsync();

        Assert.Contains(report.InstanceFindings, finding => finding.Kind == FindingKind.SignedLast);
        Assert.DoesNotContain(report.Findings, finding => finding.Kind is FindingKind.Checkpoint or FindingKind.CheckpointNote); // all else agrees with itself
    }

    [Theory]
    [MemberData(nameof(AnyRow))]
    public async Task Where_the_checkpoint_outside_is_rewritten_too_the_witness_stops_the_signer(long from)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(Rows);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        signed.Use(_http, 1, witness.Configured);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        signed.Use(_http, 0);
        await signed.ForgeFromAsync(log, from);
        signed.Use(_http, 1, witness.Configured);

        string reason = Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason;

        Assert.StartsWith("witness witness.example/w1 says that it cosigned 6 ticks, and 1 were published here: ", reason, StringComparison.Ordinal);
    }
}
