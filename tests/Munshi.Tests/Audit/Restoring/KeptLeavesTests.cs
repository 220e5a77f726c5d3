using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Restoring;
using Munshi.Ledger;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Restoring;

/// <summary>What lies among the kept leaves and is none of the ledger's, or no signature speaks for.</summary>
public sealed class KeptLeavesTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("no leaf at all", "record at byte 0")]
    [InlineData("a row of which a line is missing", "record at byte 0")]
    [InlineData("a row that does not continue the log", "row 5")]
    [InlineData("a row with a gap before it", "row 5")]
    [InlineData("another row in a kept one's place", "row 4")]
    [InlineData("another row in a signed one's place", "tick 3")]
    [InlineData("a tick that does not continue the instance log", "tick 4")]
    [InlineData("a tick with a gap before it", "tick 4")]
    [InlineData("a tick of another ledger", "tick 4")]
    public async Task A_malformed_or_displaced_leaf_is_refused_with_its_place_named_and_nothing_half_done(string what, string place)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(4);
        LedgerLeaf unsigned = await KeepUnsignedAsync(signed, log);
        await signed.RollBackAsync(log, 2);
        await KeepAsync(signed, Encoding.ASCII.GetBytes(what switch
        {
            "no leaf at all" => "munshi-leaf/1\n",
            "a row of which a line is missing" => unsigned.ToString().Replace("ciphertext -\n", "", StringComparison.Ordinal)[..^1],
            "a row that does not continue the log" => (unsigned with { Seq = 5, Previous = Digest.Zero }).ToString(),
            "a row with a gap before it" => (unsigned with { Seq = 6, Previous = LedgerLeaf.RowHash(unsigned.Encode()) }).ToString(),
            "another row in a kept one's place" => (unsigned with { Action = "message.withdrawn" }).ToString(),
            "another row in a signed one's place" => await RewrittenAsync(signed, log),
            "a tick that does not continue the instance log" => Tick("shop.example/ledger", 4),
            "a tick with a gap before it" => Tick("shop.example/ledger", 5),
            _ => Tick("another.example/ledger", 4),
        }));

        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => signed.NewCeremony().RunAsync(false, Cancellation));

        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        Assert.Equal((2L, 2L, 0L), await StateAsync(signed));
        Assert.NotNull(await signed.Condition.RefusalAsync(Cancellation));
    }

    [Fact]
    public async Task Kept_leaves_that_no_signature_covers_are_put_back_and_that_is_said()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(4);
        await KeepUnsignedAsync(signed, log);
        await signed.RollBackAsync(log, 2);

        ToldRestore told = Assert.Single((await signed.NewCeremony().RunAsync(false, Cancellation)).Told);

        Assert.Equal((2L, 4L, 1L, false), (told.Range.First, told.Range.Last, told.Uncovered, told.IsWorkspaceLost));
        string note = Assert.Single(await signed.RowsAsync("SELECT note FROM ledger.restore", reader => reader.GetString(0)));
        Assert.Contains($"\nfirst 2\nlast 4\nhash {(await signed.RowHashesAsync(log))[4]}\ncovered 4\n", note, StringComparison.Ordinal);
        await signed.ActAsync(log);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.Empty((await signed.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task What_a_crash_tore_or_left_as_zeros_at_a_segments_end_is_passed_over()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(4);
        await signed.RollBackAsync(log, 2);
        string[] segments = [.. Directory.EnumerateFiles(Path.Combine(signed.Data.Checkpoints, "leaves")).Order(StringComparer.Ordinal)];
        await AppendAsync(segments[0], [1, 200, .. "munshi-leaf/1\nlog"u8]);
        await AppendAsync(segments[^1], new byte[4096]);

        Assert.Single((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
    }

    /// <summary>Row 4, kept as the signer does before it signs; it is killed there.</summary>
    private static async Task<LedgerLeaf> KeepUnsignedAsync(SignedDatabase signed, Guid log)
    {
        await signed.ActAsync(log);
        byte[] leaf = Assert.Single(await signed.RowsAsync(
            $"SELECT convert_to(leaf, 'UTF8') FROM ledger.entry WHERE client_id = '{log}' AND seq = 4", reader => reader.GetFieldValue<byte[]>(0)));
        await KeepAsync(signed, leaf);
        return Assert.IsType<LeafParse.Parsed>(LedgerLeaf.Parse(leaf)).Leaf;
    }

    private static Task KeepAsync(SignedDatabase signed, byte[] leaf)
    {
        using LeafJournal journal = signed.NewJournal();
        journal.Append(leaf);
        journal.Flush();
        return Task.CompletedTask;
    }

    /// <summary>Rows 3 and 4 with another act in row 3; the first is kept here, the second is returned.</summary>
    private static async Task<string> RewrittenAsync(SignedDatabase signed, Guid log)
    {
        LedgerLeaf[] kept = [.. signed.NewJournal().Read().Select(one => LedgerLeaf.Parse(one.Bytes)).OfType<LeafParse.Parsed>().Select(parsed => parsed.Leaf).Where(leaf => leaf.Seq >= 3)];
        LedgerLeaf third = kept[0] with { Action = "message.withdrawn" };
        await KeepAsync(signed, third.Encode());
        return (kept[^1] with { Previous = LedgerLeaf.RowHash(third.Encode()) }).ToString();
    }

    private static string Tick(string origin, long seq) =>
        $"munshi-tick/1\norigin {origin}\nseq {seq}\ntime 2026-11-22T10:00:00.000000Z\nheads {Digest.Zero}\nprevious {Digest.Zero}\n";

    private static async Task AppendAsync(string path, byte[] bytes)
    {
        await using FileStream stream = new(path, FileMode.Append);
        await stream.WriteAsync(bytes, Cancellation);
    }

    private static async Task<(long Rows, long Ticks, long Restorations)> StateAsync(SignedDatabase signed) => (
        await signed.Audited.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.entry"),
        await signed.Audited.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.tick"),
        await signed.Audited.Database.ScalarAsync<long>("SELECT count(*) FROM work.restoration"));
}
