using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary>The checkpoint of a log that was cosigned last.</summary>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Timestamp">Of the cosignature: POSIX seconds.</param>
internal sealed record CosignedCheckpoint(Checkpoint Checkpoint, long Timestamp)
{
    /// <summary>The file's name: 64 lower-case hexadecimal digits.</summary>
    public static string NameOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    /// <summary>Null where nothing was cosigned yet.</summary>
    /// <param name="path">The state file.</param>
    /// <param name="key">The witness's: what it did not cosign is no state of its own.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or another log's.</exception>
    public static CosignedCheckpoint? Read(string path, VerifierKey key)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        return SignedNote.Parse(File.ReadAllBytes(path)) is SignedNoteParse.Parsed { Note: { } note }
            && note.Verify([key]) is NoteVerification.Verified { Signatures: [{ Timestamp: { } timestamp }] }
            && Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed { Checkpoint: { } checkpoint }
            && NameOf(checkpoint.Origin) == Path.GetFileName(path)
            ? new CosignedCheckpoint(checkpoint, timestamp)
            : throw new InvalidDataException($"{path} is damaged: it is not a checkpoint that this witness cosigned.");
    }
}
