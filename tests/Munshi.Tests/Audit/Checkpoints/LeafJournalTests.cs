using Munshi.Audit.Checkpoints;

namespace Munshi.Tests.Audit.Checkpoints;

public sealed class LeafJournalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-journal-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000)] // further than is read at once
    public void Records_of_no_length_that_are_not_the_end_hide_nothing_that_follows(int empty)
    {
        byte[] first = [.. "munshi-leaf/1 first"u8];
        byte[] last = [.. "munshi-leaf/1 last"u8];
        LeafJournalLocation location = new(_directory);
        using (LeafJournal written = new(location, TimeProvider.System))
        {
            written.Append(first);
            for (int i = 0; i < empty; i++)
            {
                written.Append([]);
            }

            written.Append(last);
            written.Append([]);
            written.Append(first);
            written.Append([]); // what a crash leaves
            written.Flush();
        }

        using LeafJournal journal = new(location, TimeProvider.System);
        KeptRecord[] read = [.. journal.Read()];

        Assert.Equal(empty + 4, read.Length);
        Assert.All(read[1..^3], record => Assert.Empty(record.Bytes));
        Assert.Equal([first, last, [], first], [read[0].Bytes, .. read[^3..].Select(record => record.Bytes)]);
        Assert.Equal(2 + first.Length + (2 * empty), read[^3].Offset);
    }
}
