using System.Text;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Restoring;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Restoring;

/// <summary>Signed leaves are truly gone: the ledger goes on under another name.</summary>
public sealed class NewOriginTests(PostgresTemplate postgres) : IDisposable
{
    private const string First = "shop.example/ledger";
    private const string Second = "shop.example/ledger/2";

    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_first_leaf_under_the_new_name_names_the_old_checkpoint_and_signing_goes_on_from_it()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(20);
        Checkpoint lost = SignedDatabase.Open(Encoding.UTF8.GetString(signed.File.Read()!), await signed.KeyAsync());
        await RestoredWithoutLeavesAsync(signed, log, 17);

        Assert.Equal(Second, (await signed.NewCeremony().RunAsync(true, Cancellation)).Name);

        OriginLeaf named = OriginLeaf.Parse((await LeavesAsync(signed))[17])!;
        Assert.Equal((Second, 17L, First, 20L, lost.Root), (named.Origin, named.Seq, named.Before, named.Size, named.Root));
        await signed.ActAsync(log);
        Assert.Null(await signed.Condition.RefusalAsync(Cancellation));
        Assert.Equal(19, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        MerkleTree tree = new();
        foreach (byte[] leaf in await LeavesAsync(signed))
        {
            tree.Append(TreeHash.OfLeaf(leaf));
        }

        Assert.Equal(new Checkpoint(Second, 19, tree.Root()), SignedDatabase.Open(Encoding.UTF8.GetString(signed.File.Read()!), await SecondKeyAsync(signed)));
    }

    [Fact]
    public async Task Nothing_of_it_is_flagged_every_log_tells_of_it_and_the_heads_lost_with_it_are_put_aside()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid other = await signed.FillAsync(2);
        Guid log = await signed.FillAsync(18);
        await RestoredWithoutLeavesAsync(signed, log, 15, ticks: 17);
        await signed.NewCeremony().RunAsync(true, Cancellation);
        await signed.ActAsync(log);
        await signed.SignAsync();
        await signed.ActAsync(other);
        await signed.SignAsync();

        LedgerReport report = await signed.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(15 + 2 + 2 + 2, report.Entries); // what was restored, what every log says of it, and the two acts
        Assert.Equal(2L, Assert.Single(await signed.RowsAsync("SELECT count(*) FROM audit.event WHERE action = 'ledger.begun-anew'", reader => reader.GetInt64(0))));
        Assert.Equal(
            [$"{Second}/w/{log}", $"{Second}/w/{other}"],
            (await signed.RowsAsync("SELECT DISTINCT split_part(note, E'\\n', 1) FROM ledger.checkpoint WHERE tick > 17", reader => reader.GetString(0))).OrderByDescending(name => name.Contains(log.ToString(), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("instance.checkpoint")]
    [InlineData("ledger.begun-anew")]
    public async Task Broken_off_it_is_completed_by_the_next_attempt_and_not_done_twice(string missing)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(5);
        byte[] old = signed.File.Read()!;
        await RestoredWithoutLeavesAsync(signed, log, 3);
        await signed.NewCeremony().RunAsync(true, Cancellation);
        await signed.Audited.Database.AsSuperuserAsync(
            "ALTER TABLE audit.event DISABLE TRIGGER immutable; DELETE FROM audit.event WHERE action = 'ledger.begun-anew'; ALTER TABLE audit.event ENABLE ALWAYS TRIGGER immutable");
        if (missing == "instance.checkpoint")
        {
            await File.WriteAllBytesAsync(signed.FilePath, old, Cancellation);
            Assert.NotNull(await signed.Condition.RefusalAsync(Cancellation));
        }

        await signed.NewCeremony().RunAsync(true, Cancellation);
        Assert.Null((await signed.NewCeremony().RunAsync(true, Cancellation)).Name);
        await signed.ActAsync(log);

        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.Empty((await signed.VerifyAsync()).Findings);
        Assert.Equal(1L, Assert.Single(await signed.RowsAsync("SELECT count(*) FROM audit.event WHERE action = 'ledger.begun-anew'", reader => reader.GetInt64(0))));
        Assert.Single(await LeavesAsync(signed), leaf => OriginLeaf.Parse(leaf) is not null);
    }

    [Fact]
    public async Task Where_the_leaves_do_lead_to_what_was_signed_they_are_put_back_and_the_name_stays()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(5);
        await signed.RollBackAsync(log, 3);

        RestoreOutcome outcome = await signed.NewCeremony().RunAsync(true, Cancellation);

        Assert.Null(outcome.Name);
        Assert.Single(outcome.Ranges);
    }

    [Fact]
    public async Task A_later_restore_to_before_it_puts_back_both_names_leaves_and_none_that_were_void()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(6);
        await signed.RollBackAsync(log, 4);
        byte[][] kept = [.. signed.NewJournal().Read().Select(record => record.Bytes)];
        Directory.Delete(LeavesPath(signed), recursive: true);
        LeafJournal torn = signed.NewJournal();
        foreach (byte[] leaf in kept.Where(leaf => !Encoding.ASCII.GetString(leaf).StartsWith("munshi-tick/1\norigin shop.example/ledger\nseq 4\n", StringComparison.Ordinal)))
        {
            torn.Append(leaf); // rows 4 and 5 of the log among them, which no tick leads to any more
        }

        torn.Flush();
        torn.Dispose();
        await signed.NewCeremony().RunAsync(true, Cancellation);
        await signed.ActAsync(log);
        await signed.SignAsync();
        await signed.RollBackAsync(log, 2);
        await signed.TamperAsync("identity", "DELETE FROM ledger.identity WHERE generation > 1");

        RestoreOutcome outcome = await signed.NewCeremony().RunAsync(true, Cancellation);

        Assert.Equal((null, (log, 2L, 5L)), (outcome.Name, Assert.Single(outcome.Ranges) is var range ? (range.Log, range.First, range.Last) : default));
        await signed.ActAsync(log);
        await signed.SignAsync();
        Assert.Empty((await signed.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_witness_that_knows_the_new_name_cosigns_it_and_still_holds_the_old_one()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(5);
        string first = (await signed.KeyAsync()).ToString();
        await RestoredWithoutLeavesAsync(signed, log, 3);
        await signed.NewCeremony().RunAsync(true, Cancellation);
        await using RunningWitness witness = await RunningWitness.StartAsync(first, (await SecondKeyAsync(signed)).ToString());
        signed.Use(_http, 1, witness.Configured);
        await signed.ActAsync(log);

        Assert.Equal(5, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        Assert.Equal([4L], await signed.RowsAsync("SELECT size FROM ledger.cosignature", reader => reader.GetInt64(0)));
    }

    [Fact]
    public async Task A_name_that_somebody_put_into_the_database_is_named_by_the_verifier_and_signs_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        VerifierKey forged = LedgerIdentity.KeyOf(await signed.KeyAsync(), Second);
        await signed.Audited.Database.AsSuperuserAsync($"INSERT INTO ledger.identity (generation, origin, vkey) VALUES (2, '{Second}', '{forged}')");
        await signed.ActAsync(log);

        Assert.IsType<TickOutcome.Refused>(await signed.SignAsync());
        Assert.Contains((await signed.VerifyAsync()).Findings, finding => finding.Kind == FindingKind.SigningKey);
    }

    private static async Task RestoredWithoutLeavesAsync(SignedDatabase signed, Guid log, int rows, int? ticks = null)
    {
        await signed.RollBackAsync(log, rows, ticks);
        Directory.Delete(LeavesPath(signed), recursive: true);
    }

    private static string LeavesPath(SignedDatabase signed) => Path.Combine(signed.Data.Checkpoints, "leaves");

    private static async Task<VerifierKey> SecondKeyAsync(SignedDatabase signed)
    {
        IReadOnlyList<string> keys = await signed.RowsAsync("SELECT vkey FROM ledger.identity ORDER BY generation", reader => reader.GetString(0));
        return Assert.IsType<VerifierKeyParse.Parsed>(VerifierKey.Parse(keys[1])).Key;
    }

    private static async Task<IReadOnlyList<byte[]>> LeavesAsync(SignedDatabase signed) =>
        await signed.RowsAsync("SELECT convert_to(leaf, 'UTF8') FROM ledger.tick ORDER BY seq", reader => reader.GetFieldValue<byte[]>(0));
}
