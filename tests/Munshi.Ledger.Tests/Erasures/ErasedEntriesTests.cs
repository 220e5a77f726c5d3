using Munshi.Ledger.Erasures;

namespace Munshi.Ledger.Tests.Erasures;

public sealed class ErasedEntriesTests
{
    [Fact]
    public void Where_none_is_told_of_no_entry_is_erased() => Assert.Null(new ErasedEntries([]).Of(0));

    [Fact]
    public void An_entry_is_erased_by_the_first_leaf_of_those_that_name_it()
    {
        ErasedEntries erased = new([(30, Naming((0, 9), (20, 29))), (20, Naming((5, 14))), (25, Naming((5, 5), (8, 22)))]);

        long?[] expected = [.. Enumerable.Range(0, 31).Select(seq => seq switch { < 5 => 30, <= 14 => 20, <= 22 => 25, <= 29 => 30, _ => (long?)null })];
        Assert.Equal(expected, Enumerable.Range(0, 31).Select(seq => erased.Of(seq)));
    }

    [Fact]
    public void Of_any_three_ranges_each_entry_has_the_leaf_that_a_look_at_all_of_them_gives()
    {
        (long First, long Last)[] ranges = [.. from first in Enumerable.Range(0, 5) from last in Enumerable.Range(first, 5 - first) select ((long)first, (long)last)];
        foreach ((long First, long Last)[] three in from one in ranges from two in ranges from other in ranges select new[] { one, two, other })
        {
            ErasedEntries erased = new([(8, Naming(three[0])), (7, Naming(three[1])), (9, Naming(three[2]))]);

            Assert.Equal(
                Enumerable.Range(0, 6).Select(entry => three.Zip([8, 7, 9]).Where(one => one.First.First <= entry && entry <= one.First.Last).Min(one => (long?)one.Second)),
                Enumerable.Range(0, 6).Select(entry => erased.Of(entry)));
        }
    }

    [Fact]
    public void The_largest_numbers_are_no_limit() => Assert.Equal(7, new ErasedEntries([(7, Naming((0, long.MaxValue)))]).Of(long.MaxValue));

    private static ErasureRecord Naming(params (long First, long Last)[] ranges) =>
        new("vault.example", Guid.Empty, Guid.Empty, [], [.. ranges.Select(range => new EntryRange(range.First, range.Last))], Digest.Zero);
}
