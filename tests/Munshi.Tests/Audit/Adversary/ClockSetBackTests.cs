using Munshi.Audit.Checkpoints;
using Munshi.Ledger.Heads;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Keyring;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>What is signed never gets an earlier time than what was signed before it. Of the witness's own clock: <c>AddCheckpointTests</c>.</summary>
public sealed class ClockSetBackTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_a_clock_that_was_set_back_the_signer_signs_nothing_and_says_so()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        await signed.ActAsync(log);
        await using CheckpointSigner signer = signed.NewSigner(new SettableClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2)));

        string reason = Assert.IsType<TickOutcome.Refused>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Reason;

        Assert.EndsWith(": it was set back", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_set_right_by_less_than_a_minute_is_lawful_and_the_ticks_time_stands_still()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(1);
        await signed.ActAsync(log);
        await using CheckpointSigner signer = signed.NewSigner(new SettableClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(50)));

        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation));

        DateTimeOffset[] times = [.. await signed.RowsAsync("SELECT leaf FROM ledger.tick ORDER BY seq", reader => TickLeaf.Parse(System.Text.Encoding.ASCII.GetBytes(reader.GetString(0)))!.Time)];
        Assert.Equal(times[0], times[1]);
    }

    [Fact]
    public async Task A_tick_given_an_earlier_time_is_named_by_the_verifier()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(2);
        byte[] last = (await signed.RowsAsync("SELECT convert_to(leaf, 'UTF8') FROM ledger.tick WHERE seq = 1", reader => reader.GetFieldValue<byte[]>(0)))[0];
        TickLeaf earlier = TickLeaf.Parse(last)! with { Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        await signed.TamperAsync(
            "tick", $"UPDATE ledger.tick SET leaf = '{earlier}', leaf_hash = sha256('\\x00'::bytea || convert_to('{earlier}', 'UTF8')) WHERE seq = 1");

        Assert.Contains((await signed.VerifyAsync()).Findings, finding => finding.Found == "a time before the tick before");
    }
}
