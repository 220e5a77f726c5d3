using Munshi.Audit.Checkpoints;
using Munshi.Audit.Erasures;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;

namespace Munshi.Audit.Verifying;

/// <summary>The records that a log's last rows tell of: that each is there and is the one committed to. Not safe for concurrent use.</summary>
/// <remarks>An erasure's leaf stands behind the entries it names: of those among the last rows it is read here too.</remarks>
internal sealed class TailRecords
{
    private readonly Guid _log;
    private readonly IReadOnlyList<IEvidenceSource> _sources;
    private readonly DataDirectory _data;
    private readonly LedgerFindings _findings;
    private readonly RecordedErasures _erasures;
    private readonly HashSet<long> _lost = [];
    private EvidenceCheck[]? _checks;
    private bool _hasErasure;
    private long _next;

    /// <param name="reader">As <c>munshi_reader</c>.</param>
    /// <param name="log">The workspace.</param>
    /// <param name="sources">Whose records are looked at.</param>
    /// <param name="data">Has the key that signs erasures.</param>
    public TailRecords(InstallationDatabase reader, Guid log, IReadOnlyList<IEvidenceSource> sources, DataDirectory data)
    {
        (_log, _sources, _data) = (log, sources, data);
        _findings = new LedgerFindings(log);
        _erasures = new RecordedErasures(reader, log, _findings);
    }

    /// <summary>Takes note of a row. One whose event is lost in a restore has lost its record too, and one that was changed is named as such.</summary>
    public void Note(StoredEntry entry)
    {
        _next = entry.Seq == long.MaxValue ? entry.Seq : entry.Seq + 1;
        if (!LeafView.TryRead(entry.Leaf, out LeafView leaf))
        {
            return;
        }

        if (System.Text.Ascii.Equals(leaf.Action, ErasureRecord.Action) && LedgerLeaf.Parse(entry.Leaf) is LeafParse.Parsed { Leaf: { } erasure } && erasure.Seq == entry.Seq)
        {
            _hasErasure = true;
            _erasures.Note(erasure);
        }

        if (entry.Event is null)
        {
            _lost.Add(entry.Seq);
            return;
        }

        _checks ??= [.. _sources.Select(source => new EvidenceCheck(source, _findings))];
        for (int source = 0; source < _checks.Length; source++)
        {
            if (_checks[source].IsBirth(leaf.Action, leaf.Target, out ReadOnlySpan<byte> id))
            {
                _checks[source].Note(new Birth(entry.Seq, source, Birth.IdIn(id), leaf.Commitment, leaf.CiphertextHash));
            }
        }
    }

    /// <summary>Reads the records; what differs, in order.</summary>
    public async Task<IReadOnlyList<LedgerFinding>> JudgeAsync(CancellationToken cancellationToken)
    {
        EvidenceCheck[] checks = _checks ?? [];
        foreach (EvidenceCheck check in checks)
        {
            await check.ReadNotedAsync(_log, long.MaxValue, cancellationToken);
        }

        bool hasGone = Array.Exists(checks, check => check.HasGone);
        if (hasGone)
        {
            await _erasures.NoteFromAsync(_next, cancellationToken); // what was chained meanwhile
        }

        if (hasGone || _hasErasure)
        {
            await _erasures.ReadAsync(LedgerIdentity.KeyIn(_data.Secrets), _lost.Contains, cancellationToken);
        }

        foreach (EvidenceCheck check in checks)
        {
            check.Conclude(_erasures, _ => false);
        }

        return _findings.InOrder();
    }
}
