using System.Text;
using Munshi.Audit.Erasures;
using Munshi.Audit.Verifying;

namespace Munshi.Audit;

/// <summary>One evidence source against one log, both ways. Holds the log's births in memory.</summary>
/// <remarks>
/// The database is not halted: leaves are read first, then records, then the events that wait, then the leaves that came
/// meanwhile. A record and its event are one commit, so every record must be found in one of them.
/// </remarks>
internal sealed class EvidenceCheck(IEvidenceSource source, LedgerFindings findings)
{
    private readonly byte[] _prefix = Encoding.ASCII.GetBytes(source.ObjectKind + ":");
    private readonly byte[][] _actions = [.. source.BirthActions.Select(Encoding.ASCII.GetBytes)];
    private readonly Dictionary<Guid, BirthLeaf> _births = [];
    private readonly List<Evidence> _unknown = [];
    private readonly List<(long? Seq, Guid Id)> _keyless = []; // judged once all leaves are noted: one of them may tell of the key's end
    private long _judgedFrom;

    /// <summary>Whether a noted birth has no record, or one without its key, as far as records were read.</summary>
    public bool HasGone => _births.Count > 0 || _keyless.Count > 0;

    /// <summary>Whether a leaf or an event tells of the beginning of one of this source's records. Safe for concurrent use.</summary>
    /// <param name="action">The action.</param>
    /// <param name="target">The object.</param>
    /// <param name="id">What stands after the object's kind.</param>
    public bool IsBirth(ReadOnlySpan<byte> action, ReadOnlySpan<byte> target, out ReadOnlySpan<byte> id)
    {
        id = default;
        if (!target.StartsWith(_prefix))
        {
            return false;
        }

        foreach (byte[] birth in _actions)
        {
            if (action.SequenceEqual(birth))
            {
                id = target[_prefix.Length..];
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes note of a birth of this source's.</summary>
    public void Note(Birth birth)
    {
        if (birth.Id is not { } id)
        {
            findings.Add(birth.Seq, FindingKind.RecordMissing, $"a {source.ObjectKind}", "an id that no record can have");
            return;
        }

        bool isKnown = _births.TryGetValue(id, out BirthLeaf known);
        if (!isKnown || known.Seq is null)
        {
            _births[id] = new BirthLeaf(birth.Seq, birth.Commitment, birth.CiphertextHash);
        }
        else if (birth.Seq is not null)
        {
            findings.Add(birth.Seq, FindingKind.RecordTwice, $"one beginning of each {source.ObjectKind}", "a second one");
        }
    }

    /// <param name="clientId">The workspace.</param>
    /// <param name="nextSeq">Leaves before this number tell of records that must be there now.</param>
    /// <param name="cancellationToken">Honoured between records.</param>
    public Task ReadRecordsAsync(Guid clientId, long nextSeq, CancellationToken cancellationToken) =>
        CompareAsync(source.ReadAsync(clientId, cancellationToken), nextSeq);

    /// <summary>Reads the records of the noted births only: what no leaf tells of is not looked for.</summary>
    /// <inheritdoc cref="ReadRecordsAsync(Guid, long, CancellationToken)"/>
    public Task ReadNotedAsync(Guid clientId, long nextSeq, CancellationToken cancellationToken) => _births.Count == 0
        ? Task.CompletedTask
        : CompareAsync(source.ReadAsync(clientId, [.. _births.Keys], cancellationToken), nextSeq);

    /// <summary>Judges what is left once all leaves and waiting events are noted.</summary>
    /// <param name="erasures">Read after the records.</param>
    /// <param name="isLost">Whether what a row tells of was lost in a recorded restore.</param>
    public void Conclude(RecordedErasures erasures, Func<long, bool> isLost)
    {
        foreach (Evidence record in _unknown)
        {
            if (_births.Remove(record.ObjectId, out BirthLeaf birth))
            {
                Compare(birth, record);
            }
            else
            {
                findings.Add(null, FindingKind.RecordUnknown, $"a leaf for {source.ObjectKind}:{record.ObjectId}", "none");
            }
        }

        foreach ((long? seq, Guid id) in _keyless)
        {
            if (seq is not { } row || !erasures.Excuse(row, isCommitted: true, isLost(row)))
            {
                findings.Add(seq, FindingKind.KeyMissing, $"the key of {source.ObjectKind}:{id}", "no key, and no erasure that says so");
            }
        }

        foreach ((Guid id, BirthLeaf birth) in _births)
        {
            if (birth.Seq is { } seq && seq < _judgedFrom && !erasures.Excuse(seq, birth.Commitment is not null || birth.CiphertextHash is not null, isLost(seq)) && !isLost(seq))
            {
                findings.Add(birth.Seq, FindingKind.RecordMissing, $"{source.ObjectKind}:{id}", "no such record");
            }
        }
    }

    private async Task CompareAsync(IAsyncEnumerable<Evidence> records, long nextSeq)
    {
        _judgedFrom = nextSeq;
        await foreach (Evidence record in records)
        {
            if (_births.Remove(record.ObjectId, out BirthLeaf birth))
            {
                Compare(birth, record);
            }
            else
            {
                _unknown.Add(record);
            }
        }
    }

    private void Compare(BirthLeaf birth, Evidence record)
    {
        if (!StoredEvent.Same(birth.CiphertextHash, record.CiphertextHash))
        {
            findings.Add(birth.Seq, FindingKind.Ciphertext, StoredEvent.Hex(birth.CiphertextHash), StoredEvent.Hex(record.CiphertextHash));
        }
        else if (!record.KeyPresent)
        {
            _keyless.Add((birth.Seq, record.ObjectId));
        }
        else if (!StoredEvent.Same(birth.Commitment, record.Commitment))
        {
            findings.Add(
                birth.Seq,
                FindingKind.Commitment,
                StoredEvent.Hex(birth.Commitment),
                record.Commitment is null ? "the record does not open" : StoredEvent.Hex(record.Commitment));
        }
        else if (record.Beside is { } fault)
        {
            findings.Add(birth.Seq, fault.Kind, fault.Expected, fault.Found);
        }
    }
}
