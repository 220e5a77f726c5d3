using System.Text;

namespace Munshi.Ledger.Tests;

public sealed class ChainVerifierTests
{
    private static readonly Guid Log = Leaves.Golden.Log;

    [Fact]
    public void An_untouched_chain_is_sound_from_its_first_row_to_its_last()
    {
        Assert.All(Verify(Chain(5)), verdict => Assert.IsType<ChainVerdict.Ok>(verdict));
    }

    [Fact]
    public void A_changed_character_is_named_once_with_both_hashes()
    {
        List<Row> rows = Chain(5);
        string before = LedgerLeaf.RowHash(rows[2].Leaf).ToString();
        rows[2] = rows[2] with { Leaf = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(rows[2].Leaf).Replace("received", "receivex", StringComparison.Ordinal)) };
        string after = LedgerLeaf.RowHash(rows[2].Leaf).ToString();

        Assert.Equal([(2L, ChainFault.RowHash, after, before)], Faults(rows));
    }

    [Fact]
    public void A_row_rewritten_with_its_hash_breaks_the_link_of_the_next()
    {
        List<Row> rows = Chain(5);
        rows[2] = Row.Of(Parse(rows[2]) with { Action = "message.sent" });

        Assert.Equal(
            [(3L, ChainFault.Previous, LedgerLeaf.RowHash(rows[2].Leaf).ToString(), Parse(rows[3]).Previous.ToString())], Faults(rows));
    }

    [Fact]
    public void A_deleted_row_is_a_gap()
    {
        List<Row> rows = Chain(5);
        rows.RemoveAt(2);

        Assert.Equal([(2L, ChainFault.Gap, "2", "3")], Faults(rows));
    }

    [Fact]
    public void A_deleted_first_row_is_a_gap()
    {
        List<Row> rows = Chain(3);
        rows.RemoveAt(0);

        Assert.Equal([(0L, ChainFault.Gap, "0", "1")], Faults(rows));
    }

    [Fact]
    public void Swapped_rows_are_named_by_their_own_numbers()
    {
        List<Row> rows = Chain(5);
        (rows[1], rows[2]) = (rows[2] with { Seq = 1 }, rows[1] with { Seq = 2 });

        Assert.Equal(
            [(1L, ChainFault.Seq, "1", "2"), (2L, ChainFault.Seq, "2", "1"), (3L, ChainFault.Previous, Hash(rows[2]), Hash(rows[1]))], Faults(rows));
    }

    [Fact]
    public void A_row_of_another_log_is_refused()
    {
        List<Row> rows = [Row.Of(Parse(Chain(1)[0]) with { Log = Guid.Empty })];

        Assert.Equal([(0L, ChainFault.Log, Log.ToString(), Guid.Empty.ToString())], Faults(rows));
    }

    [Fact]
    public void A_leaf_out_of_form_is_named_with_the_rule_and_not_with_its_text()
    {
        byte[] leaf = [.. Chain(1)[0].Leaf, .. "9000000001\n"u8];
        List<Row> rows = [new(0, leaf, LedgerLeaf.RowHash(leaf).ToArray())];

        Assert.Equal([(0L, ChainFault.LeafForm, "a canonical leaf", "more than the ten lines")], Faults(rows));
    }

    [Fact]
    public void A_leaf_or_hash_of_any_length_is_a_verdict_and_never_an_exception()
    {
        Assert.Equal(ChainFault.LeafForm, Faults([new(0, new byte[5000], new byte[3])])[0].What);
        Assert.Equal(ChainFault.RowHash, Faults([Chain(1)[0] with { Hash = [] }])[0].What);
    }

    [Fact]
    public void The_way_that_allocates_nothing_lets_through_exactly_what_the_other_does()
    {
        List<Row> rows = Chain(3);
        List<Row> changed = [rows[1], .. Mutations(rows[1]), rows[1] with { Seq = 2 }, rows[1] with { Seq = -1 }, rows[1] with { Seq = long.MaxValue }, rows[2]];
        int accepted = 0;
        foreach (Row row in changed)
        {
            ChainVerifier one = new(Log, 1, new Digest(rows[0].Hash));
            ChainVerifier other = new(Log, 1, new Digest(rows[0].Hash));

            ChainVerdict verdict = one.Add(row.Seq, row.Leaf, row.Hash);
            bool isIn = other.TryAdd(row.Seq, row.Leaf, row.Hash, out LeafView view, out Digest hash);

            Assert.Equal(verdict is ChainVerdict.Ok, isIn);
            Assert.Equal((verdict as ChainVerdict.Ok)?.Leaf, isIn ? view.ToLeaf() : null);
            Assert.True(!isIn || hash == LedgerLeaf.RowHash(row.Leaf));
            Assert.Equal(isIn ? 2 : 1, other.NextSeq);
            accepted += isIn ? 1 : 0;
        }

        Assert.InRange(accepted, 2, changed.Count - 1); // a row rewritten with its hash stands until the next row
    }

    [Fact]
    public void The_way_that_allocates_nothing_allocates_nothing()
    {
        Row row = Chain(1)[0];
        ChainVerifier warm = new(Log);
        ChainVerifier chain = new(Log);
        Assert.True(warm.TryAdd(0, row.Leaf, row.Hash, out _, out _));

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isIn = chain.TryAdd(0, row.Leaf, row.Hash, out _, out _);
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal((true, 0L), (isIn, after - before));
    }

    /// <summary>Every byte as another, with the old hash and with its own; and hashes of other lengths.</summary>
    private static IEnumerable<Row> Mutations(Row row)
    {
        for (int place = 0; place < row.Leaf.Length; place++)
        {
            byte[] leaf = [.. row.Leaf];
            leaf[place] = leaf[place] == (byte)'0' ? (byte)'1' : (byte)'0';
            yield return row with { Leaf = leaf };
            yield return row with { Leaf = leaf, Hash = LedgerLeaf.RowHash(leaf).ToArray() };
        }

        yield return row with { Hash = [] };
        yield return row with { Hash = [.. row.Hash, 0] };
        yield return row with { Leaf = [.. row.Leaf, (byte)'\n'] };
    }

    private static List<Row> Chain(int length)
    {
        List<Row> rows = [];
        Digest previous = Digest.Zero;
        for (int seq = 0; seq < length; seq++)
        {
            Row row = Row.Of(Leaves.Golden with { Seq = seq, Previous = previous });
            rows.Add(row);
            previous = new Digest(row.Hash);
        }

        return rows;
    }

    private static string Hash(Row row) => LedgerLeaf.RowHash(row.Leaf).ToString();

    private static LedgerLeaf Parse(Row row) => Assert.IsType<LeafParse.Parsed>(LedgerLeaf.Parse(row.Leaf)).Leaf;

    private static List<ChainVerdict> Verify(List<Row> rows)
    {
        ChainVerifier verifier = new(Log);
        return [.. rows.Select(row => verifier.Add(row.Seq, row.Leaf, row.Hash))];
    }

    private static List<(long Seq, ChainFault What, string Expected, string Found)> Faults(List<Row> rows) =>
        [.. Verify(rows).OfType<ChainVerdict.Broken>().Select(broken => (broken.Seq, broken.What, broken.Expected, broken.Found))];

    private sealed record Row(long Seq, byte[] Leaf, byte[] Hash)
    {
        public static Row Of(LedgerLeaf leaf)
        {
            byte[] encoded = leaf.Encode();
            return new Row(leaf.Seq, encoded, LedgerLeaf.RowHash(encoded).ToArray());
        }
    }
}
