using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Restoring;

/// <summary>A <see cref="RestoreRecord"/> under the installation's signature.</summary>
internal static class RestoreNote
{
    /// <summary>What it says; null where it is none, or the key did not sign it.</summary>
    /// <param name="note">As stored.</param>
    /// <param name="key">The key under any of the log's names.</param>
    public static RestoreRecord? Open(string? note, VerifierKey key) =>
        note is not null
        && SignedNote.Parse(Encoding.UTF8.GetBytes(note)) is SignedNoteParse.Parsed { Note: { } signed }
        && RestoreRecord.Parse(signed.Text.Span) is { } record
        && signed.Verify([LedgerIdentity.KeyOf(key, record.Signed.Origin)]) is NoteVerification.Verified
            ? record
            : null;
}
