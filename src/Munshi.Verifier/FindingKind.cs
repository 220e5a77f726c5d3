namespace Munshi.Verifier;

/// <summary>What the verifier finds; written in lower case with hyphens.</summary>
internal enum FindingKind
{
    /// <summary>A file that belongs to an export of this size is not there, or cannot be read.</summary>
    FileMissing,

    /// <summary>A file that does not belong to it.</summary>
    FileExtra,

    /// <summary>A file or line is not in the one form that it may have.</summary>
    Form,

    /// <summary>A signature does not hold, or is by a key that is not trusted.</summary>
    Signature,

    /// <summary>Fewer witnesses have cosigned than the policy asks for.</summary>
    Quorum,

    /// <summary>A leaf is not in canonical form.</summary>
    LeafForm,

    /// <summary>A leaf's hash is not the one in the tile.</summary>
    RowHash,

    /// <summary>A leaf belongs to another log.</summary>
    Log,

    /// <summary>A leaf belongs to another place of the log.</summary>
    Seq,

    /// <summary>A leaf does not name the hash of the leaf before.</summary>
    Previous,

    /// <summary>A hash in a tile above the leaves is not that of the tile below.</summary>
    Node,

    /// <summary>The entries do not lead to the root that was signed.</summary>
    Root,

    /// <summary>A leaf with a commitment has no record.</summary>
    RecordMissing,

    /// <summary>A record, or a line of the shred list, belongs to no leaf.</summary>
    RecordExtra,

    /// <summary>A record is filed under another object than its leaf's.</summary>
    Object,

    /// <summary>A record's sealed columns are not those that the leaf names.</summary>
    Ciphertext,

    /// <summary>A record is not the one that the leaf commits to.</summary>
    Commitment,

    /// <summary>A line of the restores is not what the entry that it names commits to.</summary>
    Restore,

    /// <summary>A line of the erasures is not signed or not what the entry that it names commits to, or an entry is said to be erased by one that does not name it.</summary>
    Erasure,

    /// <summary>The time stamp is not one of the checkpoint.</summary>
    TimeStamp,

    /// <summary>A record's key is gone, and no recorded erasure says so.</summary>
    KeyMissing,

    /// <summary>The head's opening does not lead to the tick of the instance log.</summary>
    Opening,

    /// <summary>The tick is not in the instance log.</summary>
    Inclusion,

    /// <summary>Two checkpoints of the log tell two histories.</summary>
    Fork,

    /// <summary>The bytes of a transcript, or of a file of an archive, are not those that were sealed.</summary>
    Seal,

    /// <summary>A transcript or an archive shows something else than the record says.</summary>
    Shown,
}
