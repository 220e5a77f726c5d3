using System.Globalization;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Verifier;

/// <summary>Whether the instance log, which witnesses see, held the checkpoint: opening, tick, inclusion, signature and cosignatures.</summary>
internal sealed class InstanceCheck(ExportDirectory export, Findings findings, TrustCheck trust)
{
    /// <summary>The tick's instant, once it is known to be in the log.</summary>
    public DateTimeOffset? Tick { get; private set; }

    /// <summary>The witnesses of the policy whose cosignatures hold.</summary>
    public IReadOnlyList<string> Witnesses { get; private set; } = [];

    public void Run(SignedLog signed)
    {
        byte[]? note = export.Read(ExportDirectory.InstanceCheckpoint);
        byte[]? leaf = export.Read(ExportDirectory.InstanceTick);
        byte[]? proof = export.Read(ExportDirectory.InstanceProof);
        byte[]? opening = export.Read(ExportDirectory.InstanceOpening);
        Checkpoint? checkpoint = note is null ? null : CheckNote(note, signed);
        TickLeaf? tick = leaf is null ? null : CheckTick(leaf, signed);
        if (proof is not null && note is not null && checkpoint is not null && tick is not null)
        {
            CheckInclusion(proof, note, checkpoint, tick);
        }

        if (opening is not null && tick is not null)
        {
            CheckOpening(opening, tick, signed);
        }
    }

    private Checkpoint? CheckNote(byte[] bytes, SignedLog signed)
    {
        const string File = ExportDirectory.InstanceCheckpoint;
        if (trust.ReadNote(bytes, File, SignedNote.MaxSignatures) is not (var note, var checkpoint))
        {
            return null;
        }

        if (checkpoint.Origin != signed.InstanceOrigin)
        {
            findings.Add(File, null, FindingKind.Signature, $"a checkpoint of {signed.InstanceOrigin}", $"one of {checkpoint.Origin}");
        }

        if (trust.Policy is not { } policy || signed.InstanceKey is not { } key)
        {
            return checkpoint;
        }

        NoteVerification verification = note.Verify([key, .. policy.Witnesses.Select(witness => witness.Key)]);
        VerifierKey[] verified = verification is NoteVerification.Verified { Signatures: { } signatures } ? [.. signatures.Select(one => one.Key)] : [];
        if (!verified.Contains(key))
        {
            findings.Add(File, null, FindingKind.Signature, $"a signature by {key}", verification is NoteVerification.Refused refused ? refused.Reason : "none");
        }

        QuorumVerdict quorum = policy.Judge(verified);
        Witnesses = [.. quorum.Counted.Select(witness => witness.Name)];
        if (!quorum.IsMet)
        {
            findings.Add(
                File, null, FindingKind.Quorum, $"cosignatures by the quorum {policy.Quorum}", $"none by {string.Join(", ", quorum.Missing.Select(witness => witness.Name))}");
        }

        return checkpoint;
    }

    private TickLeaf? CheckTick(byte[] leaf, SignedLog signed)
    {
        if (TickLeaf.Parse(leaf) is not { } tick)
        {
            findings.Add(ExportDirectory.InstanceTick, null, FindingKind.Form, "a canonical tick leaf", "another content");
            return null;
        }

        if (tick.Origin != signed.InstanceOrigin)
        {
            findings.Add(ExportDirectory.InstanceTick, null, FindingKind.Log, signed.InstanceOrigin, tick.Origin);
        }

        return tick;
    }

    private void CheckInclusion(byte[] bytes, byte[] note, Checkpoint checkpoint, TickLeaf tick)
    {
        const string File = ExportDirectory.InstanceProof;
        if (TlogProof.Parse(bytes) is not TlogProofParse.Parsed { Proof: { } proof })
        {
            findings.Add(File, null, FindingKind.Form, "a tlog-proof", ((TlogProofParse.Refused)TlogProof.Parse(bytes)).Reason);
            return;
        }

        if (!proof.Extra.IsEmpty || !proof.Note.Encode().AsSpan().SequenceEqual(note))
        {
            findings.Add(File, null, FindingKind.Form, "the checkpoint of instance/checkpoint and no extra data", "others");
        }

        if (proof.Index != tick.Seq)
        {
            findings.Add(File, null, FindingKind.Inclusion, string.Create(CultureInfo.InvariantCulture, $"index {tick.Seq}"), string.Create(CultureInfo.InvariantCulture, $"index {proof.Index}"));
        }

        if (InclusionProof.Verify((ulong)proof.Index, (ulong)checkpoint.Size, TreeHash.OfLeaf(tick.Encode()), [.. proof.Hashes], checkpoint.Root)
            is ProofVerdict.Invalid invalid)
        {
            findings.Add(ExportDirectory.InstanceTick, null, FindingKind.Inclusion, $"a tick under the root {checkpoint.Root} by {File}", invalid.Reason);
            return;
        }

        Tick = tick.Time;
    }

    private void CheckOpening(byte[] bytes, TickLeaf tick, SignedLog signed)
    {
        const string File = ExportDirectory.InstanceOpening;
        if (HeadOpening.Parse(bytes) is not { } opening)
        {
            findings.Add(File, null, FindingKind.Form, "munshi-opening/1, place, salt and path, a line each", "another content");
            return;
        }

        Digest commitment = new CommittedHead(signed.Checkpoint.Origin, signed.Checkpoint.Size, signed.Checkpoint.Root).Commit(opening.Salt);
        if (HeadsTree.Verify(commitment, opening.Place, opening.Path, tick.Heads) is ProofVerdict.Invalid invalid)
        {
            findings.Add(File, null, FindingKind.Opening, $"the checkpoint under the heads {tick.Heads} of instance/tick", invalid.Reason);
        }
    }
}
