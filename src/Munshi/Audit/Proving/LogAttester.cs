using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Proving;

/// <summary>Signs, with the installation's ledger key, what goes out to others and is no checkpoint.</summary>
internal sealed class LogAttester(DataDirectory data)
{
    /// <summary>The key that signed a log's checkpoint, where it is the one that lies here; null where it is another, or cannot be read.</summary>
    /// <param name="checkpoint">A signed note.</param>
    public VerifierKey? KeyOf(string checkpoint) =>
        LedgerIdentity.KeyIn(data.Secrets) is { } instance
        && SignedNote.Parse(Encoding.UTF8.GetBytes(checkpoint)) is SignedNoteParse.Parsed { Note: { } note }
        && Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed { Checkpoint: { } signed }
        && LedgerIdentity.KeyOf(instance, signed.Origin) is var key
        && note.Verify([key]) is NoteVerification.Verified
            ? key
            : null;

    /// <summary>A text under the name of <paramref name="key"/>.</summary>
    /// <param name="key">What <see cref="KeyOf"/> gave.</param>
    /// <param name="text">UTF-8, whose second line is no number.</param>
    /// <exception cref="SigningRefusedException">The key is not there any more.</exception>
    public SignedNote Attest(VerifierKey key, byte[] text)
    {
        using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        return identity.Attest(key.Name, text);
    }
}
