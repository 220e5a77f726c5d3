using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Verifier;

/// <summary>Whether a key that is trusted signed the checkpoint.</summary>
internal sealed class TrustCheck(ExportDirectory export, Findings findings)
{
    /// <summary>The policy that decides: the given one, or the export's; null where it cannot be read.</summary>
    public TrustPolicy? Policy { get; private set; }

    /// <summary>Reads policy and checkpoint; null where there is no checkpoint to hold anything against.</summary>
    /// <param name="given">A file with a policy that the one who checks has; null for the export's.</param>
    public SignedLog? Run(string? given)
    {
        TrustPolicy? own = ReadOwn();
        Policy = given is null ? own : ReadGiven(given);

        return export.Read(ExportDirectory.Checkpoint) is { } note ? Judge(note, own) : null;
    }

    /// <summary>A checkpoint of the log in a note that its key signed; null, and a finding, where it is none.</summary>
    /// <param name="bytes">Any.</param>
    /// <param name="file">Named in findings.</param>
    /// <param name="keyOf">The key of a log's name; null where any is accepted.</param>
    public Checkpoint? Open(byte[] bytes, string file, Func<string, VerifierKey?> keyOf)
    {
        if (ReadNote(bytes, file, mostSignatures: 1) is not (var note, var checkpoint))
        {
            return null;
        }

        VerifierKey? key = keyOf(checkpoint.Origin);
        if (key is not null && (note.Verify([key]) is not NoteVerification.Verified || checkpoint.Origin != key.Name))
        {
            findings.Add(file, null, FindingKind.Signature, $"a signature by {key}", "none that holds");
        }

        return checkpoint;
    }

    /// <summary>A note that is a checkpoint without further lines; null, and a finding, where it is none.</summary>
    public (SignedNote Note, Checkpoint Checkpoint)? ReadNote(byte[] bytes, string file, int mostSignatures)
    {
        if (SignedNote.Parse(bytes) is not SignedNoteParse.Parsed { Note: { } note })
        {
            findings.Add(file, null, FindingKind.Form, "a signed note", ((SignedNoteParse.Refused)SignedNote.Parse(bytes)).Reason);
            return null;
        }

        if (note.Signatures.Count > mostSignatures)
        {
            findings.Add(file, null, FindingKind.Form, "the log's own signature line alone", "further ones");
        }

        switch (Checkpoint.Parse(note.Text.Span))
        {
            case CheckpointParse.Refused refused:
                findings.Add(file, null, FindingKind.Form, "a checkpoint", refused.Reason);
                return null;
            case CheckpointParse.Parsed { Checkpoint: { Extensions.Count: > 0 } }:
                findings.Add(file, null, FindingKind.Form, "a checkpoint of three lines", "further ones");
                return null;
            case CheckpointParse.Parsed parsed:
                return (note, parsed.Checkpoint);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private TrustPolicy? ReadGiven(string path)
    {
        const string File = "--policy";
        if (new ExportDirectory(path, findings, File).Read("") is not { } bytes)
        {
            return null;
        }

        if (TrustPolicy.Parse(bytes) is TrustPolicyParse.Refused refused)
        {
            findings.Add(File, null, FindingKind.Form, "a tlog-policy", refused.Reason);
        }

        return (TrustPolicy.Parse(bytes) as TrustPolicyParse.Parsed)?.Policy;
    }

    /// <remarks>Held to its one form even where another policy decides: nothing in an export may be changed unseen.</remarks>
    private TrustPolicy? ReadOwn()
    {
        if (export.Read(ExportDirectory.Policy) is not { } bytes)
        {
            return null;
        }

        if (TrustPolicy.Parse(bytes) is TrustPolicyParse.Parsed { Policy: { Logs: [{ Key: { } key }] } policy }
            && bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes($"log {key}\nquorum none\n")))
        {
            return policy;
        }

        findings.Add(ExportDirectory.Policy, null, FindingKind.Form, "a line 'log' with one key and the line 'quorum none'", "another content");
        return null;
    }

    private SignedLog? Judge(byte[] bytes, TrustPolicy? own)
    {
        if (ReadNote(bytes, ExportDirectory.Checkpoint, mostSignatures: 1) is not (_, var checkpoint))
        {
            return null;
        }

        if (SignedLog.Split(checkpoint.Origin) is not (var log, var instance))
        {
            findings.Add(ExportDirectory.Checkpoint, null, FindingKind.Form, "an origin NAME/w/WORKSPACE", checkpoint.Origin);
            return null;
        }

        SignedLog signed = new(log, checkpoint, instance, KeyFor(checkpoint.Origin, instance));
        if (signed.Key is null)
        {
            findings.Add(ExportDirectory.Checkpoint, null, FindingKind.Signature, $"a log of the policy named {checkpoint.Origin} or {instance}", "none");
            return signed;
        }

        Open(bytes, ExportDirectory.Checkpoint, _ => signed.Key);
        if (own is not null && !own.Logs[0].Key.Equals(signed.Key))
        {
            findings.Add(ExportDirectory.Policy, null, FindingKind.Signature, $"{signed.Key}", $"{own.Logs[0].Key}");
        }

        return signed;
    }

    /// <remarks>A workspace's log is signed with the instance log's key, each under its own name: a policy may name either.</remarks>
    private VerifierKey? KeyFor(string origin, string instance)
    {
        PolicyLog? log = Policy?.Logs.FirstOrDefault(one => one.Key.Name == origin) ?? Policy?.Logs.FirstOrDefault(one => one.Key.Name == instance);
        return log is null ? null : new VerifierKey(origin, NoteKeyType.Ed25519, log.Key.PublicKey.Span);
    }
}
