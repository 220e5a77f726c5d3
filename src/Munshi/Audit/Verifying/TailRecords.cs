using Munshi.Ledger;

namespace Munshi.Audit.Verifying;

/// <summary>The records that a log's last rows tell of: that each is there and is the one committed to. Not safe for concurrent use.</summary>
/// <param name="log">The workspace.</param>
/// <param name="sources">Whose records are looked at.</param>
internal sealed class TailRecords(Guid log, IReadOnlyList<IEvidenceSource> sources)
{
    private readonly LedgerFindings _findings = new(log);
    private EvidenceCheck[]? _checks;

    /// <summary>Takes note of a row. One whose event is lost in a restore has lost its record too, and one that was changed is named as such.</summary>
    public void Note(StoredEntry entry)
    {
        if (entry.Event is null || !LeafView.TryRead(entry.Leaf, out LeafView leaf))
        {
            return;
        }

        _checks ??= [.. sources.Select(source => new EvidenceCheck(source, _findings))];
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
        foreach (EvidenceCheck check in _checks ?? [])
        {
            await check.ReadNotedAsync(log, long.MaxValue, cancellationToken);
            check.Conclude(_ => false);
        }

        return _findings.InOrder();
    }
}
