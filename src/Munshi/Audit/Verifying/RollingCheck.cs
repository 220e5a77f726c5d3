using System.Text;
using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit.Verifying;

/// <summary>
/// Checks chains and audit events round after round: first the last rows of the logs, of those that grew before the others, with the records that these tell of, then the
/// ledger from where the pass before stopped. So a changed row at a log's end, or its record, is found by the next pass (where there are many logs, by one of the next),
/// and any other row by the end of the round.
/// </summary>
/// <remarks>Not safe for concurrent use. Older records, and records of which no row tells, are <see cref="LedgerVerifier"/>'s.</remarks>
internal sealed class RollingCheck(Databases databases, IReadOnlyList<IEvidenceSource> sources, DataDirectory data)
{
    /// <summary>Rows read in a pass, about.</summary>
    public const int RowsAPass = 20_000;

    /// <summary>Rows looked at from a log's end.</summary>
    public const int TailRows = 1_000;

    private static readonly string ReadHeads = Sql.Read("Audit/log_heads.sql");
    private static readonly string ReadLeaves = Sql.Read("Audit/Checkpoints/read_leaves.sql");

    private readonly Dictionary<Guid, long> _seen = [];
    private Guid _lastGrown;
    private Guid _lastAgain;
    private Guid _log;
    private long _next;

    /// <summary>One pass.</summary>
    /// <returns>Rows read, what differs in order of finding, and whether the round came to its end.</returns>
    public async Task<(long Entries, IReadOnlyList<LedgerFinding> Findings, bool IsRound)> PassAsync(CancellationToken cancellationToken)
    {
        (Guid Log, long Seq)[] heads =
        [
            .. (await databases.Reader.RowsAsync(new Statement(ReadHeads), reader => (Log: reader.GetGuid(0), Seq: reader.GetInt64(1)), cancellationToken)).OrderBy(head => head.Log),
        ];
        List<LedgerFinding> findings = [];
        long read = 0;
        await using EntryReader entries = await EntryReader.OpenAsync(databases.Reader, cancellationToken);
        bool HasGrown((Guid Log, long Seq) head) => _seen.GetValueOrDefault(head.Log, -1) != head.Seq;
        foreach ((Guid log, long seq) in heads.OrderByDescending(HasGrown).ThenBy(head => head.Log.CompareTo(HasGrown(head) ? _lastGrown : _lastAgain) <= 0))
        {
            if (read >= RowsAPass / 2)
            {
                break; // the next pass begins with the others
            }

            (_lastGrown, _lastAgain) = HasGrown((log, seq)) ? (log, _lastAgain) : (_lastGrown, log);
            TailRecords records = new(databases.Reader, log, sources, data);
            read += await CheckAsync(entries, log, Math.Max(0, seq + 1 - TailRows), TailRows, records, findings, cancellationToken);
            findings.AddRange(await records.JudgeAsync(cancellationToken));
            _seen[log] = seq;
        }

        bool isRound = heads.Length == 0;
        while (read < RowsAPass && !isRound)
        {
            if (!Array.Exists(heads, head => head.Log == _log && head.Seq >= _next))
            {
                Guid after = _log;
                (Guid Log, long Seq)[] rest = [.. heads.Where(head => head.Log.CompareTo(after) > 0).Take(1)];
                isRound = rest.Length == 0;
                (_log, _next) = isRound ? (Guid.Empty, 0) : (rest[0].Log, 0);
                continue;
            }

            long checkedRows = await CheckAsync(entries, _log, _next, (int)Math.Max(1, RowsAPass - read), null, findings, cancellationToken);
            (read, _next) = (read + checkedRows, checkedRows == 0 ? long.MaxValue : _next + checkedRows);
        }

        return (read, findings, isRound);
    }

    private async Task<long> CheckAsync(
        EntryReader entries, Guid log, long first, int most, TailRecords? records, List<LedgerFinding> findings, CancellationToken cancellationToken)
    {
        Digest previous = Digest.Zero;
        if (first > 0)
        {
            byte[]? hash = await databases.Reader.RowAsync(
                new Statement(ReadLeaves).Uuid(log).Long(first - 1).Long(1),
                reader => reader.OrNull<byte[]>(2) ?? LedgerLeaf.RowHash(Encoding.UTF8.GetBytes(reader.OrNull<string>(1) ?? "")).ToArray(),
                cancellationToken);
            previous = hash is { Length: Digest.Length } ? new Digest(hash) : Digest.Zero;
        }

        ChainVerifier chain = new(log, first, previous);
        long read = 0;
        while (read < most)
        {
            IReadOnlyList<StoredEntry> range = await entries.ReadAsync(log, chain.NextSeq - 1, cancellationToken);
            foreach (StoredEntry entry in range)
            {
                read++;
                Check(log, chain.Add(entry.Seq, entry.Leaf, entry.RowHash), entry, findings);
                records?.Note(entry);
            }

            if (range.Count == 0)
            {
                break;
            }
        }

        return read;
    }

    private static void Check(Guid log, ChainVerdict verdict, StoredEntry entry, List<LedgerFinding> findings)
    {
        if (verdict is ChainVerdict.Broken broken)
        {
            findings.Add(new LedgerFinding(log, broken.Seq, LogVerification.KindOf(broken.What), broken.Expected, broken.Found));
        }
        else if (entry is { Event: null, EventId: >= 0 })
        {
            findings.Add(new LedgerFinding(log, entry.Seq, FindingKind.EventMissing, "the audit event of this row", "none"));
        }
        else if (entry.Event is { } standing && verdict is ChainVerdict.Ok { Leaf: { } leaf } && standing.DifferenceFrom(leaf) is var (expected, found))
        {
            findings.Add(new LedgerFinding(log, entry.Seq, FindingKind.EventDiffers, expected, found));
        }
    }
}
