namespace Munshi.Vault.Notes;

/// <summary>How an act on a note ended.</summary>
internal enum NoteOutcome
{
    /// <summary>It is so now; also when it was so before.</summary>
    Done,

    /// <summary>This workspace has no such conversation, or no such note in it.</summary>
    Unknown,

    /// <summary>Only whoever wrote a note, and an owner, may delete it.</summary>
    NotAllowed,
}
