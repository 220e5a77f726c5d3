using Munshi.Audit.Checkpoints;
using Munshi.Audit.Verifying;
using Munshi.Database;

namespace Munshi.Audit.Restoring;

/// <summary>The recorded restores of a log, as verification holds its findings against them. Not safe for concurrent use.</summary>
internal sealed class RestoredRanges
{
    private readonly LedgerFindings _findings;
    private readonly IReadOnlyList<StoredRestore> _made; // that the ceremony made, as far as anything tells
    private readonly HashSet<Guid> _told = [];
    private readonly HashSet<long> _lost = [];
    private readonly HashSet<long> _tellers = []; // rows of a log without a workspace that tell of a restore: they never had an event

    private RestoredRanges(LedgerFindings findings, IReadOnlyList<StoredRestore> made) => (_findings, _made) = (findings, made);

    /// <summary>Rows whose event is lost under a recorded restore.</summary>
    public long Lost => _lost.Count;

    /// <summary>Of a log that has none.</summary>
    public static RestoredRanges None(LedgerFindings findings) => new(findings, []);

    /// <summary>Reads them, and names those that the ceremony did not make: they excuse nothing.</summary>
    public static async Task<RestoredRanges> ReadAsync(
        InstallationDatabase database, Guid log, InstanceCheck instance, LedgerFindings findings, CancellationToken cancellationToken) =>
        new(findings, await StoredRestore.ReadMadeAsync(database, log, instance, findings, cancellationToken));

    /// <summary>Whether what a row tells of is lost, and that is recorded: only where its event is gone too.</summary>
    public bool IsLost(long seq) => _lost.Contains(seq);

    /// <summary>Counts a row without its event, if that is recorded.</summary>
    public bool Excuse(RowWithoutEvent row)
    {
        bool isCovered = row.IsNumberedAsLost && _made.Any(restore => restore.Range.Covers(row.Seq));
        if (isCovered)
        {
            _lost.Add(row.Seq);
        }

        return isCovered || (row.IsNumberedAsLost && _tellers.Contains(row.Seq));
    }

    /// <summary>Takes note of a leaf that tells of a restore.</summary>
    /// <param name="seq">Its row; null where it waits for one.</param>
    /// <param name="action">Its action.</param>
    /// <param name="target">Its object.</param>
    /// <param name="commitment">Its commitment.</param>
    public void Note(long? seq, string action, string target, byte[]? commitment)
    {
        if (action != RestoredRange.Action
            || _made.FirstOrDefault(restore => restore.Range.Target == target) is not { } told
            || commitment is null || !told.Range.Commit().AsSpan().SequenceEqual(commitment))
        {
            return;
        }

        if (seq <= told.Range.Last)
        {
            _findings.Add(seq, FindingKind.Restore, $"the leaf for {target} after row {told.Range.Last}", $"row {seq}");
        }

        _told.Add(told.Range.Id);
        if (seq is { } row && !told.HasWorkspace)
        {
            _tellers.Add(row);
        }
    }

    /// <summary>Names the restores of which no leaf tells.</summary>
    public void Conclude()
    {
        foreach (StoredRestore restore in _made.Where(restore => !_told.Contains(restore.Range.Id)))
        {
            _findings.Add(restore.Range.First, FindingKind.RecordUnknown, $"a leaf for {restore.Range.Target}", "none");
        }
    }
}
