namespace Munshi.Audit;

/// <summary>One evidence source against one log, both ways. Holds the log's births in memory.</summary>
/// <remarks>
/// The database is not halted: leaves are read first, then records, then the events that wait, then the leaves that came
/// meanwhile. A record and its event are one commit, so every record must be found in one of them.
/// </remarks>
internal sealed class EvidenceCheck(IEvidenceSource source, LedgerFindings findings)
{
    private readonly string _prefix = source.ObjectKind + ":";
    private readonly Dictionary<Guid, BirthLeaf> _births = [];
    private readonly List<Evidence> _unknown = [];
    private long _judgedFrom;

    /// <summary>Takes note of a leaf or a waiting event, if it is a birth of this source's.</summary>
    public void Note(long? seq, string action, string target, byte[]? commitment, byte[]? ciphertextHash)
    {
        if (!source.BirthActions.Contains(action) || !target.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return;
        }

        if (!Guid.TryParseExact(target.AsSpan(_prefix.Length), "D", out Guid id))
        {
            findings.Add(seq, FindingKind.RecordMissing, $"a {source.ObjectKind}", "an id that no record can have");
            return;
        }

        bool isKnown = _births.TryGetValue(id, out BirthLeaf known);
        if (!isKnown || known.Seq is null)
        {
            _births[id] = new BirthLeaf(seq, commitment, ciphertextHash);
        }
        else if (seq is not null)
        {
            findings.Add(seq, FindingKind.RecordTwice, $"one beginning of each {source.ObjectKind}", "a second one");
        }
    }

    /// <param name="clientId">The workspace.</param>
    /// <param name="nextSeq">Leaves before this number tell of records that must be there now.</param>
    /// <param name="cancellationToken">Honoured between records.</param>
    public async Task ReadRecordsAsync(Guid clientId, long nextSeq, CancellationToken cancellationToken)
    {
        _judgedFrom = nextSeq;
        await foreach (Evidence record in source.ReadAsync(clientId, cancellationToken))
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

    /// <summary>Judges what is left once all leaves and waiting events are noted.</summary>
    /// <param name="isLost">Whether what a row tells of was lost in a recorded restore.</param>
    public void Conclude(Func<long, bool> isLost)
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

        foreach ((Guid id, BirthLeaf birth) in _births)
        {
            if (birth.Seq is { } seq && seq < _judgedFrom && !isLost(seq))
            {
                findings.Add(birth.Seq, FindingKind.RecordMissing, $"{source.ObjectKind}:{id}", "no such record");
            }
        }
    }

    private void Compare(BirthLeaf birth, Evidence record)
    {
        if (!Same(birth.CiphertextHash, record.CiphertextHash))
        {
            findings.Add(birth.Seq, FindingKind.Ciphertext, StoredEvent.Hex(birth.CiphertextHash), StoredEvent.Hex(record.CiphertextHash));
        }
        else if (!record.KeyPresent)
        {
            findings.Add(birth.Seq, FindingKind.KeyMissing, $"the key of {source.ObjectKind}:{record.ObjectId}", "no key, and no erasure that says so");
        }
        else if (!Same(birth.Commitment, record.Commitment))
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

    private static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null ? one is null && other is null : one.AsSpan().SequenceEqual(other);
}
