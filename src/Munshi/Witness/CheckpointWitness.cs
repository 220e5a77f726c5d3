using System.Collections.Concurrent;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary>Cosigns what continues what it cosigned before (C2SP tlog-witness). Safe for concurrent use within one process.</summary>
internal sealed class CheckpointWitness
{
    private readonly WitnessDirectory _directory;
    private readonly NoteSigner _signer;
    private readonly KnownLogs _logs;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Lock> _steps = new(StringComparer.Ordinal);
    private readonly Lock _telling = new();
    private long _latest;

    /// <exception cref="RefusalException">A state file is damaged: what was cosigned is not known, so nothing may be.</exception>
    public CheckpointWitness(WitnessDirectory directory, NoteSigner signer, KnownLogs logs, TimeProvider clock)
    {
        (_directory, _signer, _logs, _clock) = (directory, signer, logs, clock);
        foreach (string path in Directory.EnumerateFiles(directory.State).Where(path => !path.EndsWith(".part", StringComparison.Ordinal)))
        {
            try
            {
                _latest = Math.Max(_latest, CosignedCheckpoint.Read(path, Key)!.Timestamp);
            }
            catch (InvalidDataException damaged)
            {
                throw new RefusalException($"{damaged.Message} Restore the newest copy there is of it; an older one lets the log take back what it signed since.");
            }
        }
    }

    /// <summary>What verifies its cosignatures.</summary>
    public VerifierKey Key => _signer.VerifierKey;

    /// <summary>Judges the body of an add-checkpoint request. A cosignature is durable before it is returned.</summary>
    /// <exception cref="IOException">The disk refused; nothing was cosigned.</exception>
    /// <exception cref="InvalidDataException">The log's state file is damaged; nothing was cosigned.</exception>
    public WitnessVerdict Add(ReadOnlySpan<byte> body) => AddCheckpointRequest.Parse(body) switch
    {
        AddCheckpointParse.Parsed parsed => Add(parsed.Request),
        AddCheckpointParse.Refused { IsOfEmptyTree: true } refused => new WitnessVerdict.Inconsistent(refused.Reason, IsSigned: false),
        AddCheckpointParse.Refused refused => new WitnessVerdict.Malformed(refused.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The last cosigned checkpoint of a log, with the log's signature and the witness's; null where there is none.</summary>
    /// <param name="name">SHA-256 of the origin, 64 lower-case hexadecimal digits; any other text has none.</param>
    public byte[]? Find(string name)
    {
        string path = Path.Combine(_directory.State, name);
        return name.Length == Digest.HexLength && name.All(char.IsAsciiHexDigitLower) && File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private WitnessVerdict Add(AddCheckpointRequest request)
    {
        string origin = request.Checkpoint.Origin;
        IReadOnlyList<VerifierKey> keys = _logs.Of(origin);
        if (keys.Count == 0)
        {
            return new WitnessVerdict.UnknownLog();
        }

        switch (request.Note.Verify(keys))
        {
            case NoteVerification.Refused refused:
                return new WitnessVerdict.Unsigned(refused.Reason);
            case NoteVerification.Verified when request.OldSize > request.Checkpoint.Size:
                return new WitnessVerdict.Malformed("the old size is greater than the checkpoint's");
            case NoteVerification.Verified { Signatures: [{ Key: { } key }, ..] }:
                NoteSignature ofLog = request.Note.Signatures.First(line => line.Name == key.Name && line.KeyId == key.KeyId);
                lock (_steps.GetOrAdd(origin, _ => new Lock()))
                {
                    return CompareAndStore(request, ofLog);
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private WitnessVerdict CompareAndStore(AddCheckpointRequest request, NoteSignature ofLog)
    {
        string path = Path.Combine(_directory.State, CosignedCheckpoint.NameOf(request.Checkpoint.Origin));
        Checkpoint? last = CosignedCheckpoint.Read(path, Key)?.Checkpoint;
        long size = last?.Size ?? 0;
        if (request.OldSize != size)
        {
            return new WitnessVerdict.Conflict(size);
        }

        ProofVerdict verdict = ConsistencyProof.Verify(
            (ulong)size, (ulong)request.Checkpoint.Size, last?.Root ?? Checkpoint.EmptyRoot, request.Checkpoint.Root, [.. request.Proof]);
        if (verdict is ProofVerdict.Invalid invalid)
        {
            return new WitnessVerdict.Inconsistent(invalid.Reason, IsSigned: true);
        }

        NoteSignature line = _signer.Cosign(request.Checkpoint, Now());
        SecretFile.Write(path, SignedNote.Create(request.Note.Text.Span, ofLog).With(line).Encode());
        return new WitnessVerdict.Cosigned(line);
    }

    /// <summary>POSIX seconds, never before what was told before, also by an earlier process.</summary>
    private long Now()
    {
        lock (_telling)
        {
            _latest = Math.Max(_latest, _clock.GetUtcNow().ToUnixTimeSeconds());
            return _latest;
        }
    }
}
