namespace Munshi.Ledger.Notes;

/// <summary>What a key signs; the value is the type byte of C2SP signed-note.</summary>
public enum NoteKeyType
{
    /// <summary>Ed25519 over the note's text.</summary>
    Ed25519 = 0x01,

    /// <summary>A witness's timestamped Ed25519 cosignature over a checkpoint (C2SP tlog-cosignature, <c>cosignature/v1</c>).</summary>
    Cosignature = 0x04,
}
