using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

/// <summary>The worked log and witness as keys, and texts as what they parse to.</summary>
internal static class Notary
{
    public static VerifierKey LogKey => Key(WorkedNotes.LogKey);

    public static VerifierKey WitnessKey => Key(WorkedNotes.WitnessKey);

    public static NoteSigner Log() => new(WorkedNotes.LogName, NoteKeyType.Ed25519, Convert.FromHexString(WorkedNotes.LogSeed));

    public static NoteSigner Witness() => new("witness.example/w1", NoteKeyType.Cosignature, Convert.FromHexString(WorkedNotes.WitnessSeed));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static VerifierKey Key(string vkey) => Assert.IsType<VerifierKeyParse.Parsed>(VerifierKey.Parse(vkey)).Key;

    public static SignedNote Note(string text) => Assert.IsType<SignedNoteParse.Parsed>(SignedNote.Parse(Utf8(text))).Note;

    public static Checkpoint Checkpoint(string text) => Assert.IsType<CheckpointParse.Parsed>(Munshi.Ledger.Notes.Checkpoint.Parse(Utf8(text))).Checkpoint;

    /// <summary>The worked text with one part replaced, which must be in it.</summary>
    public static string Changed(string text, string part, string instead)
    {
        string changed = text.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        return changed;
    }
}
