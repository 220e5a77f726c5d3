using Munshi.Database;

namespace Munshi.Audit.Restoring;

/// <summary>The recorded restores of a log, as verification holds its findings against them. Not safe for concurrent use.</summary>
internal sealed class RestoredRanges(IReadOnlyList<RestoredRange> ranges, LedgerFindings findings)
{
    private const string Read = "SELECT client_id, id, first_seq, last_seq FROM ledger.restore WHERE client_id = $1 ORDER BY first_seq";

    private readonly HashSet<Guid> _told = [];

    /// <summary>Rows whose event is lost under a recorded restore.</summary>
    public long Lost { get; private set; }

    public static async Task<RestoredRanges> ReadAsync(InstallationDatabase database, Guid log, LedgerFindings findings, CancellationToken cancellationToken) =>
        new(
            await database.RowsAsync(
                new Statement(Read).Uuid(log), reader => new RestoredRange(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetInt64(3)), cancellationToken),
            findings);

    /// <summary>Whether what a row tells of is lost, and that is recorded.</summary>
    public bool Cover(long seq) => ranges.Any(range => range.Covers(seq));

    /// <summary>Counts a row without its event, if that is recorded.</summary>
    public bool Excuse(long seq)
    {
        bool isCovered = Cover(seq);
        Lost += isCovered ? 1 : 0;
        return isCovered;
    }

    /// <summary>Takes note of a leaf that tells of a restore.</summary>
    public void Note(string action, string target, byte[]? commitment)
    {
        if (action == RestoredRange.Action
            && ranges.FirstOrDefault(range => target == $"{RestoredRange.ObjectKind}:{range.Id}") is { } told
            && commitment is not null && told.Commit().AsSpan().SequenceEqual(commitment))
        {
            _told.Add(told.Id);
        }
    }

    /// <summary>Names the restores of which no leaf tells.</summary>
    public void Conclude()
    {
        foreach (RestoredRange range in ranges.Where(range => !_told.Contains(range.Id)))
        {
            findings.Add(range.First, FindingKind.RecordUnknown, $"a leaf for {RestoredRange.ObjectKind}:{range.Id}", "none");
        }
    }
}
