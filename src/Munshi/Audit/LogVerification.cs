using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>One log: its chain, its tree, its events, its records. Run, then confirm, then report.</summary>
internal sealed class LogVerification(
    InstallationDatabase database, Guid log, LedgerFindings findings, IEnumerable<IEvidenceSource> sources, InstanceCheck instance, DateTimeOffset now)
{
    private static readonly string ReadPending = Sql.Read("Audit/verify_pending.sql");
    private static readonly string ReadOverdue = Sql.Read("Audit/verify_overdue.sql");
    private static readonly string ReadRepeated = Sql.Read("Audit/verify_repeated.sql");

    private readonly ChainVerifier _chain = new(log);
    private readonly TreeCheck _tree = new(database, log, instance, findings);
    private readonly List<EvidenceCheck> _evidence = [.. sources.Select(source => new EvidenceCheck(source, findings))];
    private readonly List<long> _overdue = [];
    private long _lastSeq = long.MinValue; // not -1: a superuser can store rows before the first
    private long _entries;
    private long _pending;
    private DateTimeOffset? _firstTime;

    /// <summary>Whether there are events to look at a second time.</summary>
    public bool HasOverdue => _overdue.Count > 0;

    /// <param name="hasRecordedHead">Whether the heads file names the log.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task RunAsync(bool hasRecordedHead, CancellationToken cancellationToken)
    {
        await WalkAsync(cancellationToken);
        long nextSeq = _chain.NextSeq;
        foreach (EvidenceCheck check in _evidence)
        {
            await check.ReadRecordsAsync(log, nextSeq, cancellationToken);
        }

        await ReadPendingAsync(cancellationToken);
        await WalkAsync(cancellationToken); // what was chained meanwhile
        foreach (EvidenceCheck check in _evidence)
        {
            check.Conclude();
        }

        _evidence.Clear(); // their memory, before the next log
        await _tree.ConcludeAsync(cancellationToken);
        await CheckRepeatedAsync(cancellationToken);
        if (!hasRecordedHead && _firstTime < now - LedgerVerifier.LagAllowance)
        {
            findings.Add(null, FindingKind.HeadUnrecorded, "a head in the heads file", "none");
        }
    }

    /// <summary>The second look at the events that should have had their entry at the first.</summary>
    public async Task ConfirmOverdueAsync(CancellationToken cancellationToken)
    {
        Statement statement = new Statement(ReadOverdue).Uuid(log).Longs([.. _overdue]);
        await foreach (long eventId in database.StreamAsync(statement, reader => reader.GetInt64(0), cancellationToken))
        {
            findings.Add(
                null, FindingKind.NotChained, $"an entry within {LedgerVerifier.LagAllowance.TotalSeconds:0} s", $"audit event {eventId} has none");
        }
    }

    public LogReport Report() => new()
    {
        Log = log,
        Entries = _entries,
        Pending = _pending,
        Findings = findings.InOrder(),
        FindingCount = findings.Count,
    };

    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        await using EntryReader entries = await EntryReader.OpenAsync(database, cancellationToken);
        IReadOnlyList<StoredEntry> range;
        do
        {
            range = await entries.ReadAsync(log, _lastSeq, cancellationToken);
            await _tree.BeginAsync(range.Count, cancellationToken);
            foreach (StoredEntry entry in range)
            {
                Check(entry);
                _lastSeq = entry.Seq;
            }

            await _tree.EndAsync(cancellationToken);
        }
        while (range.Count > 0);
    }

    private void Check(StoredEntry entry)
    {
        _entries++;
        _tree.Add(LedgerLeaf.RowHash(entry.Leaf));
        ChainVerdict verdict = _chain.Add(entry.Seq, entry.Leaf, entry.RowHash);
        if (verdict is ChainVerdict.Broken broken)
        {
            findings.Add(broken.Seq, KindOf(broken.What), broken.Expected, broken.Found);
        }

        LedgerLeaf? leaf = verdict switch
        {
            ChainVerdict.Ok ok => ok.Leaf,
            ChainVerdict.Broken { What: ChainFault.Gap or ChainFault.Previous } rest => rest.Leaf,
            _ => null, // the row itself was changed, and that is said
        };
        if (entry.Event is null)
        {
            findings.Add(entry.Seq, FindingKind.EventMissing, "the audit event of this row", "none");
        }
        else if (leaf is not null && entry.Event.DifferenceFrom(leaf) is var (expected, found))
        {
            findings.Add(entry.Seq, FindingKind.EventDiffers, expected, found);
        }

        Note(entry, leaf);
    }

    /// <remarks>Where the leaf was changed, its event still tells which record it was for.</remarks>
    private void Note(StoredEntry entry, LedgerLeaf? leaf)
    {
        if (leaf is not null)
        {
            _firstTime ??= leaf.Time;
            Note(entry.Seq, leaf.Action, leaf.Target, leaf.Commitment?.ToArray(), leaf.CiphertextHash?.ToArray());
        }
        else if (entry.Event is { Action: { } action, Target: { } target } standing)
        {
            Note(entry.Seq, action, target, standing.Commitment, standing.CiphertextHash);
        }
    }

    private void Note(long? seq, string action, string target, byte[]? commitment, byte[]? ciphertextHash)
    {
        foreach (EvidenceCheck check in _evidence)
        {
            check.Note(seq, action, target, commitment, ciphertextHash);
        }
    }

    private async Task ReadPendingAsync(CancellationToken cancellationToken)
    {
        Statement statement = new Statement(ReadPending).Uuid(log)
            .Time(now - LedgerVerifier.LagAllowance).Time(now + LedgerVerifier.LagAllowance);
        await foreach (WaitingEvent waiting in database.StreamAsync(statement, WaitingEvent.Read, cancellationToken))
        {
            _pending++;
            if (waiting.IsOverdue)
            {
                _overdue.Add(waiting.Id);
            }

            Note(null, waiting.Action, waiting.Target, waiting.Commitment, waiting.CiphertextHash);
        }
    }

    private async Task CheckRepeatedAsync(CancellationToken cancellationToken)
    {
        await foreach (long seq in database.StreamAsync(new Statement(ReadRepeated).Uuid(log), reader => reader.GetInt64(0), cancellationToken))
        {
            findings.Add(seq, FindingKind.EventTwice, "one row of each audit event", "a second one");
        }
    }

    internal static FindingKind KindOf(ChainFault fault) => fault switch
    {
        ChainFault.Gap => FindingKind.Gap,
        ChainFault.LeafForm => FindingKind.LeafForm,
        ChainFault.RowHash => FindingKind.RowHash,
        ChainFault.Log => FindingKind.Log,
        ChainFault.Seq => FindingKind.Seq,
        ChainFault.Previous => FindingKind.Previous,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
