namespace Munshi.Ledger.Notes;

/// <summary>Which logs and witnesses an auditor trusts, and how many witnesses must have cosigned (C2SP tlog-policy).</summary>
public sealed class TrustPolicy
{
    /// <summary>The longest policy file, in bytes.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>What <c>quorum</c> says where no cosignature is asked for.</summary>
    public const string NoQuorum = "none";

    internal TrustPolicy(IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses, IReadOnlyList<PolicyGroup> groups, string quorum)
    {
        Logs = logs;
        Witnesses = witnesses;
        Groups = groups;
        Quorum = quorum;
    }

    /// <summary>Empty where the log is known from elsewhere.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>Each names only witnesses, and groups before it; a name is a member once at most.</summary>
    public IReadOnlyList<PolicyGroup> Groups { get; }

    /// <summary>A witness's or group's name, or <see cref="NoQuorum"/>.</summary>
    public string Quorum { get; }

    /// <summary>Any bytes: a policy, or the first line that is against the rules.</summary>
    /// <remarks>Stricter than the specification in two points: the file is valid UTF-8, and no public key stands in it twice, not as log and as witness either.</remarks>
    public static TrustPolicyParse Parse(ReadOnlySpan<byte> file) => new PolicyReader().Read(file);

    /// <param name="cosigners">Keys whose cosignatures over one checkpoint hold; keys that the policy does not know count for nothing.</param>
    public QuorumVerdict Judge(IEnumerable<VerifierKey> cosigners)
    {
        HashSet<VerifierKey> cosigned = [.. cosigners];
        HashSet<string> witnessing = [.. Witnesses.Where(witness => cosigned.Contains(witness.Key)).Select(witness => witness.Name)];
        foreach (PolicyGroup group in Groups)
        {
            if (group.Members.Count(witnessing.Contains) >= group.Threshold)
            {
                witnessing.Add(group.Name);
            }
        }

        HashSet<string> counting = NamesUnderQuorum();
        ILookup<bool, PolicyWitness> byCosigned = Witnesses.Where(witness => counting.Contains(witness.Name)).ToLookup(witness => witnessing.Contains(witness.Name));
        return new QuorumVerdict(Quorum == NoQuorum || witnessing.Contains(Quorum), [.. byCosigned[true]], [.. byCosigned[false]]);
    }

    /// <summary>The note must be a checkpoint, signed by a log of the policy whose key's name is the origin, and cosigned by the quorum.</summary>
    /// <remarks>As in <see cref="SignedNote.Verify"/>, one line by a log or witness of the policy that does not hold refuses the whole note.</remarks>
    public PolicyVerdict Judge(SignedNote note)
    {
        if (Checkpoint.Parse(note.Text.Span) is not CheckpointParse.Parsed { Checkpoint: { } checkpoint })
        {
            return new PolicyVerdict.Refused("the note is no checkpoint");
        }

        NoteVerification verification = note.Verify([.. Logs.Select(log => log.Key), .. Witnesses.Select(witness => witness.Key)]);
        if (verification is not NoteVerification.Verified { Signatures: { } signatures })
        {
            return new PolicyVerdict.Refused(((NoteVerification.Refused)verification).Reason);
        }

        HashSet<VerifierKey> verified = [.. signatures.Select(signature => signature.Key)];
        if (Logs.FirstOrDefault(log => log.Key.Name == checkpoint.Origin && verified.Contains(log.Key)) is not { } maker)
        {
            return new PolicyVerdict.Refused("no signature by a log of the policy in whose name the checkpoint is");
        }

        QuorumVerdict quorum = Judge(verified);
        return quorum.IsMet ? new PolicyVerdict.Accepted(checkpoint, maker, quorum) : new PolicyVerdict.TooFewWitnesses(checkpoint, maker, quorum);
    }

    private HashSet<string> NamesUnderQuorum()
    {
        HashSet<string> names = [Quorum];
        foreach (PolicyGroup group in Groups.Reverse())
        {
            if (names.Contains(group.Name))
            {
                names.UnionWith(group.Members);
            }
        }

        return names;
    }
}
