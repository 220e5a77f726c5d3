using System.Globalization;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Erasures;
using Munshi.Audit.Restoring;
using Munshi.Audit.Verifying;
using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>One log: its chain, its tree, its events, its records. Run, then confirm, then report.</summary>
internal sealed class LogVerification(
    InstallationDatabase database,
    RangeSessions sessions,
    Guid log,
    LedgerFindings findings,
    IEnumerable<IEvidenceSource> sources,
    InstanceCheck instance,
    DateTimeOffset now)
{
    private static readonly string ReadPending = Sql.Read("Audit/verify_pending.sql");
    private static readonly string ReadOverdue = Sql.Read("Audit/verify_overdue.sql");
    private static readonly string ReadRepeated = Sql.Read("Audit/verify_repeated.sql");

    private const string ReadOldest = "SELECT pg_snapshot_xmin(pg_current_snapshot())";

    private readonly TreeCheck _tree = new(database, log, instance, findings);
    private readonly List<EvidenceCheck> _evidence = [.. sources.Select(source => new EvidenceCheck(source, findings))];
    private readonly List<long> _overdue = [];
    private readonly List<long> _withoutRow = [];
    private readonly EventIds _chained = new();
    private (long Seq, Digest Hash)? _last;
    private bool _hasRepeated;
    private long _entries;
    private long _pending;
    private DateTimeOffset? _firstTime;
    private readonly RecordedErasures _erasures = new(database, log, findings);
    private RestoredRanges _restores = RestoredRanges.None(findings);

    /// <summary>Whether there are events to look at a second time.</summary>
    public bool HasOverdue => _overdue.Count > 0;

    /// <param name="hasRecordedHead">Whether the heads file names the log.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task RunAsync(bool hasRecordedHead, CancellationToken cancellationToken)
    {
        _restores = await RestoredRanges.ReadAsync(database, log, instance, findings, cancellationToken);
        await _erasures.BeginAsync(cancellationToken);
        ulong oldest = await database.RowAsync(new Statement(ReadOldest), reader => reader.GetFieldValue<ulong>(0), cancellationToken);
        await _tree.BeginAsync(cancellationToken);
        LogRanges ranges = new(database, log);
        RangeCheck check = new(log, _evidence, _chained);
        await WalkAsync(check, ranges.WholeAsync(cancellationToken), cancellationToken);
        long nextSeq = _last is { Seq: < long.MaxValue } last ? last.Seq + 1 : _last?.Seq ?? 0;
        foreach (EvidenceCheck records in _evidence)
        {
            await records.ReadRecordsAsync(log, nextSeq, cancellationToken);
        }

        await ReadPendingAsync(oldest, cancellationToken);
        await WalkAsync(check, ranges.AfterAsync(_last?.Seq ?? long.MinValue, cancellationToken), cancellationToken); // what was chained meanwhile
        await _erasures.ReadAsync(instance.Key, _restores.IsLost, cancellationToken);
        foreach (EvidenceCheck records in _evidence)
        {
            records.Conclude(_erasures, _restores.IsLost);
        }

        _restores.Conclude();

        _evidence.Clear(); // their memory, before the next log
        await _tree.ConcludeAsync(cancellationToken);
        if (_hasRepeated)
        {
            await NameRepeatedAsync(cancellationToken);
        }

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
        Erased = _erasures.Erased,
        Lost = _restores.Lost - _erasures.AlsoLost,
        Findings = findings.InOrder(),
        FindingCount = findings.Count,
    };

    /// <summary>Ranges are checked beside each other and joined in order.</summary>
    private async Task WalkAsync(RangeCheck check, IAsyncEnumerable<LogRange> ranges, CancellationToken cancellationToken)
    {
        Queue<Task<RangeResult>> running = [];
        try
        {
            await foreach (LogRange range in ranges)
            {
                if (running.Count > sessions.Count)
                {
                    await JoinAsync(await running.Dequeue(), cancellationToken);
                }

                running.Enqueue(CheckAsync(check, range, cancellationToken));
            }

            while (running.TryDequeue(out Task<RangeResult>? first))
            {
                await JoinAsync(await first, cancellationToken);
            }
        }
        finally
        {
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<RangeResult> CheckAsync(RangeCheck check, LogRange range, CancellationToken cancellationToken)
    {
        RangeResult result = await sessions.WithAsync(session => check.Run(session, range), cancellationToken);
        result.Tree = await Task.Run(() => _tree.ReadAsync(range.First, result.Hashes, cancellationToken), cancellationToken);
        return result;
    }

    private async Task JoinAsync(RangeResult range, CancellationToken cancellationToken)
    {
        if (range.Range.Before != _last)
        {
            findings.Add(range.Range.First, FindingKind.Previous, Name(_last), Name(range.Range.Before)); // the two answers of the database contradict each other
        }

        _last = range.Last ?? _last;
        _entries += range.Hashes.Count;
        _firstTime ??= range.FirstTime;
        _hasRepeated |= range.HasRepeated;
        _withoutRow.AddRange(range.WithoutRow);
        foreach ((long? seq, FindingKind kind, string expected, string found) in range.Findings)
        {
            findings.Add(seq, kind, expected, found);
        }

        foreach ((long seq, string target, byte[]? commitment) in range.Restores)
        {
            _restores.Note(seq, RestoredRange.Action, target, commitment);
        }

        foreach (LedgerLeaf leaf in range.Erasures)
        {
            _erasures.Note(leaf);
        }

        foreach (RowWithoutEvent row in range.WithoutEvent)
        {
            if (!_restores.Excuse(row))
            {
                findings.Add(row.Seq, FindingKind.EventMissing, "the audit event of this row", "none");
            }
        }

        foreach (Birth birth in range.Births)
        {
            _evidence[birth.Source].Note(birth);
        }

        await _tree.AddAsync(range, cancellationToken);
    }

    private static string Name((long Seq, Digest Hash)? row) => row is { } one ? string.Create(CultureInfo.InvariantCulture, $"row {one.Seq} with {one.Hash} before it") : "no row before it";

    private async Task ReadPendingAsync(ulong oldest, CancellationToken cancellationToken)
    {
        Statement statement = new Statement(ReadPending).Uuid(log)
            .Time(now - LedgerVerifier.LagAllowance).Time(now + LedgerVerifier.LagAllowance)
            .Longs([.. _withoutRow.Where(id => !_chained.Contains(id))]).Xid(oldest);
        await foreach (WaitingEvent waiting in database.StreamAsync(statement, WaitingEvent.Read, cancellationToken))
        {
            _pending++;
            if (waiting.IsOverdue)
            {
                _overdue.Add(waiting.Id);
            }

            _restores.Note(null, waiting.Action, waiting.Target, waiting.Commitment);
            _erasures.NoteWaiting(waiting.Action, waiting.Target);
            byte[] target = Encoding.UTF8.GetBytes(waiting.Target);
            for (int source = 0; source < _evidence.Count; source++)
            {
                if (_evidence[source].IsBirth(Encoding.UTF8.GetBytes(waiting.Action), target, out ReadOnlySpan<byte> id))
                {
                    _evidence[source].Note(new Birth(null, source, Birth.IdIn(id), Birth.Stored(waiting.Commitment), Birth.Stored(waiting.CiphertextHash)));
                }
            }
        }
    }

    private async Task NameRepeatedAsync(CancellationToken cancellationToken)
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
