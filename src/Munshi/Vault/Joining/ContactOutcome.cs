namespace Munshi.Vault.Joining;

/// <summary>How an act on contacts ended.</summary>
internal enum ContactOutcome
{
    /// <summary>It is so now; also when the same form had done it before.</summary>
    Done,

    /// <summary>This workspace has no such conversation, or no such merge.</summary>
    Unknown,

    /// <summary>A contact has changed since the page was made.</summary>
    Overtaken,

    /// <summary>The two are one already.</summary>
    Same,

    /// <summary>Each has a user id of WhatsApp: those are two people.</summary>
    TwoUsers,

    /// <summary>Nothing would go, or nothing would stay.</summary>
    NothingLeft,
}
