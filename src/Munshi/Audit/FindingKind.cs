namespace Munshi.Audit;

/// <summary>What the ledger's verifier finds; written in lower case with hyphens.</summary>
internal enum FindingKind
{
    /// <summary>A row's number does not follow the one before: rows are missing.</summary>
    Gap,

    /// <summary>A leaf is not in canonical form.</summary>
    LeafForm,

    /// <summary>A stored row hash is not its leaf's: one of the two was changed.</summary>
    RowHash,

    /// <summary>A leaf names another log than the one it stands in.</summary>
    Log,

    /// <summary>A leaf names another place than the one it stands at.</summary>
    Seq,

    /// <summary>A leaf does not name the hash of the row before.</summary>
    Previous,

    /// <summary>An entry's audit event does not exist in its workspace.</summary>
    EventMissing,

    /// <summary>An audit event no longer says what its leaf says.</summary>
    EventDiffers,

    /// <summary>An audit event has more than one entry.</summary>
    EventTwice,

    /// <summary>
    /// An audit event older than <see cref="LedgerVerifier.LagAllowance"/>, or of the future, had no entry when it was looked at twice,
    /// <see cref="LedgerVerifier.SecondLook"/> apart: an event's time is that of the act, which a backlog can put long before its commit.
    /// </summary>
    NotChained,

    /// <summary>A recorded head's row does not exist: the log was cut short or removed.</summary>
    HeadMissing,

    /// <summary>A recorded head's row has another hash: the log was replaced.</summary>
    HeadDiffers,

    /// <summary>A log has rows older than <see cref="LedgerVerifier.LagAllowance"/> and no recorded head.</summary>
    HeadUnrecorded,

    /// <summary>A line of the heads file cannot be read.</summary>
    HeadsLine,

    /// <summary>The heads file was missing or empty beside a ledger with rows, and was begun anew: rows cut off before are not seen.</summary>
    HeadsLost,

    /// <summary>A leaf tells of a record that is not there.</summary>
    RecordMissing,

    /// <summary>A record is there of which no leaf tells.</summary>
    RecordUnknown,

    /// <summary>Two leaves tell of the same record's beginning.</summary>
    RecordTwice,

    /// <summary>A record's sealed columns are not those of its leaf.</summary>
    Ciphertext,

    /// <summary>A record's other columns, or its text, are not those committed to in its leaf.</summary>
    Commitment,

    /// <summary>An identifier's look-up is not the HMAC of its value: who writes under it is taken for somebody else.</summary>
    Lookup,

    /// <summary>A message does not stand under the reference that keeps it from being stored twice.</summary>
    Reference,

    /// <summary>A record's key is not in the keyring, so that its commitment cannot be checked.</summary>
    KeyMissing,

    /// <summary>A stored node above the row hashes is missing, or is not that of its rows.</summary>
    Node,

    /// <summary>A signed checkpoint's root is not that of the log's rows, or it covers rows that are not there.</summary>
    Checkpoint,

    /// <summary>A stored checkpoint is not signed by the installation's key, or its note says something else than its row.</summary>
    CheckpointNote,

    /// <summary>A checkpoint is not the one to which its tick commits.</summary>
    CheckpointOpening,

    /// <summary>A row of the instance log was changed, is missing or does not follow the one before.</summary>
    Tick,

    /// <summary>The key in the database is not the installation's, or there is none beside checkpoints.</summary>
    SigningKey,

    /// <summary>The checkpoint that was signed last, as kept outside the database, does not stand in it.</summary>
    SignedLast,

    /// <summary>A stored time stamp is not one of its checkpoint.</summary>
    TimeStamp,

    /// <summary>A recorded restore is none that the ceremony made: it excuses nothing.</summary>
    Restore,

    /// <summary>A recorded erasure has no leaf, no signature of the installation's key or another content than its leaf commits to, or a leaf has no record of it: it excuses nothing.</summary>
    Erasure,
}
