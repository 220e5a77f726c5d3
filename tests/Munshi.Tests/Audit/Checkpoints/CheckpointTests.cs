using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Checkpoints;

public sealed class CheckpointTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_checkpoint_of_a_log_is_signed_over_the_tree_of_its_row_hashes()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(20);
        VerifierKey instance = await signed.KeyAsync();
        VerifierKey key = LedgerIdentity.KeyOf(instance, $"shop.example/ledger/w/{log}");

        IReadOnlyList<(long Size, string Note)> notes = await signed.RowsAsync(
            $"SELECT size, note FROM ledger.checkpoint WHERE client_id = '{log}' ORDER BY size", reader => (reader.GetInt64(0), reader.GetString(1)));
        Assert.Equal(Enumerable.Range(1, 20).Select(size => (long)size), notes.Select(note => note.Size));

        MerkleTree tree = new();
        foreach ((Digest row, (long size, string note)) in (await signed.RowHashesAsync(log)).Zip(notes))
        {
            tree.Append(row);
            Assert.Equal(new Checkpoint($"shop.example/ledger/w/{log}", size, tree.Root()), SignedDatabase.Open(note, key));
        }

        Assert.Equal(1L, Assert.Single(await signed.RowsAsync($"SELECT count(*) FROM ledger.node WHERE client_id = '{log}'", reader => reader.GetInt64(0))));
    }

    [Fact]
    public async Task Every_checkpoints_opening_leads_to_the_heads_of_its_tick_and_to_no_others()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid first = await signed.FillAsync(2);
        Guid second = await signed.FillAsync(2);
        IReadOnlyList<TickLeaf> ticks = await TicksAsync(signed);

        IReadOnlyList<(Guid Log, long Size, Digest Root, int Tick, int Place, byte[] Salt, Digest[] Path)> openings = await signed.RowsAsync(
            "SELECT client_id, size, root, tick, place, salt, path FROM ledger.checkpoint",
            reader => (reader.GetGuid(0), reader.GetInt64(1), new Digest(reader.GetFieldValue<byte[]>(2)), (int)reader.GetInt64(3), reader.GetInt32(4),
                reader.GetFieldValue<byte[]>(5), reader.GetFieldValue<byte[]>(6).Chunk(32).Select(hash => new Digest(hash)).ToArray()));

        Assert.Equal([first, first, second, second], openings.OrderBy(one => one.Tick).Select(one => one.Log));
        foreach ((Guid log, long size, Digest root, int tick, int place, byte[] salt, Digest[] path) in openings)
        {
            Digest commitment = new CommittedHead($"shop.example/ledger/w/{log}", size, root).Commit(salt);
            Assert.IsType<ProofVerdict.Valid>(HeadsTree.Verify(commitment, place, path, ticks[tick].Heads));
            Assert.IsType<ProofVerdict.Invalid>(HeadsTree.Verify(commitment, place, path, ticks[tick ^ 1].Heads));
            Assert.IsType<ProofVerdict.Invalid>(HeadsTree.Verify(commitment, place ^ 1, path, ticks[tick].Heads));
            Digest another = new CommittedHead($"shop.example/ledger/w/{log}", size + 1, root).Commit(salt);
            Assert.IsType<ProofVerdict.Invalid>(HeadsTree.Verify(another, place, path, ticks[tick].Heads));
        }
    }

    [Fact]
    public async Task The_instance_log_is_chained_and_its_checkpoint_stands_in_both_places()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(18);
        IReadOnlyList<TickLeaf> ticks = await TicksAsync(signed);

        MerkleTree tree = new();
        Digest previous = Digest.Zero;
        foreach ((TickLeaf tick, int seq) in ticks.Select((tick, seq) => (tick, seq)))
        {
            Assert.Equal(("shop.example/ledger", (long)seq, previous), (tick.Origin, tick.Seq, tick.Previous));
            previous = TreeHash.OfLeaf(tick.Encode());
            tree.Append(previous);
        }

        string note = Assert.Single(await signed.RowsAsync("SELECT note FROM ledger.instance_checkpoint WHERE size = 18", reader => reader.GetString(0)));
        Assert.Equal(note, Encoding.UTF8.GetString(signed.File.Read()!));
        Assert.Equal(new Checkpoint("shop.example/ledger", 18, tree.Root()), SignedDatabase.Open(note, await signed.KeyAsync()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(signed.FilePath));
    }

    [Fact]
    public async Task While_no_log_grows_a_tick_is_made_only_when_it_is_time()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await using CheckpointSigner signer = signed.NewSigner();
        Assert.IsType<TickOutcome.Idle>(await signer.TickAsync(TimeSpan.Zero, Cancellation)); // nothing to say before the first row

        Guid log = await signed.Audited.AddWorkspaceAsync();
        await signed.Audited.ActAsync(log);
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());
        Assert.Equal(1, Assert.IsType<TickOutcome.Published>(await signer.TickAsync(CheckpointService.Idle, Cancellation)).Size);
        Assert.IsType<TickOutcome.Idle>(await signer.TickAsync(CheckpointService.Idle, Cancellation));
        Assert.Equal(2, Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Size);
    }

    [Fact]
    public async Task One_process_signs_at_a_time_and_the_next_goes_on_where_it_stopped()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        await using CheckpointSigner first = signed.NewSigner();
        await using CheckpointSigner second = signed.NewSigner();

        Assert.IsType<TickOutcome.Published>(await first.TickAsync(TimeSpan.Zero, Cancellation));
        Assert.IsType<TickOutcome.NotLeading>(await second.TickAsync(TimeSpan.Zero, Cancellation));
        await first.DisposeAsync();
        Assert.Equal(3, Assert.IsType<TickOutcome.Published>(await second.TickAsync(TimeSpan.Zero, Cancellation)).Size);
    }

    [Fact]
    public async Task Every_leaf_is_kept_outside_the_database_and_a_torn_record_is_passed_over()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        string segment = Directory.EnumerateFiles(Path.Combine(signed.Data.Checkpoints, "leaves")).Order(StringComparer.Ordinal).First();
        await using (FileStream torn = new(segment, FileMode.Append))
        {
            torn.Write([1, 0, 65]);
        }

        string[] leaves = [.. signed.NewJournal().Read().Select(record => Encoding.ASCII.GetString(record.Bytes))];

        IReadOnlyList<string> rows = await signed.RowsAsync($"SELECT leaf FROM ledger.entry WHERE client_id = '{log}' ORDER BY seq", reader => reader.GetString(0));
        Assert.Equal(rows, leaves.Where(leaf => leaf.StartsWith("munshi-leaf/1\n", StringComparison.Ordinal)));
        Assert.Equal((await TicksAsync(signed)).Select(tick => tick.ToString()), leaves.Where(leaf => leaf.StartsWith("munshi-tick/1\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_checkpoint_that_could_not_be_kept_outside_is_published_by_the_next_attempt_with_the_same_tree()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(1);
        await signed.Audited.ActAsync(log);
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());
        await using (FileStream held = new(Path.Combine(signed.Data.Checkpoints, "instance.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
        {
            await Assert.ThrowsAsync<IOException>(signed.SignAsync);
        }

        Assert.Equal(1L, Assert.Single(await signed.RowsAsync("SELECT max(size) FROM ledger.instance_checkpoint", reader => reader.GetInt64(0))));
        Assert.Equal(2, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        Assert.Equal(2, (await TicksAsync(signed)).Count);
        Assert.Null(await signed.Condition.RefusalAsync(Cancellation));
    }

    [Fact]
    public async Task A_checkpoint_kept_outside_and_not_stored_before_a_crash_is_stored_by_the_next_attempt()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(2);
        await signed.TamperAsync("instance_checkpoint", "DELETE FROM ledger.instance_checkpoint WHERE size = 2");

        Assert.Null(await signed.Condition.RefusalAsync(Cancellation));
        Assert.Equal(2, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
    }

    private static async Task<IReadOnlyList<TickLeaf>> TicksAsync(SignedDatabase signed) => await signed.RowsAsync(
        "SELECT leaf FROM ledger.tick ORDER BY seq", reader => TickLeaf.Parse(Encoding.ASCII.GetBytes(reader.GetString(0)))!);
}
