namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>What a template's status became. The values are stable and may be stored.</summary>
public enum TemplateStatus
{
    /// <summary>A word not known yet.</summary>
    Unknown = 0,

    /// <summary>It can be sent.</summary>
    Approved = 1,

    Pending = 2,

    Rejected = 3,

    /// <summary>For some hours, after bad feedback or too many sendings.</summary>
    Paused = 4,

    /// <summary>For good, after bad feedback.</summary>
    Disabled = 5,

    /// <summary>It can be sent and is about to be disabled.</summary>
    Flagged = 6,

    /// <summary>It can be sent again.</summary>
    Reinstated = 7,

    InAppeal = 8,

    Archived = 9,

    /// <summary>It cannot be edited.</summary>
    Locked = 10,

    /// <summary>The account has as many templates as it may.</summary>
    LimitExceeded = 11,

    PendingDeletion = 12,

    Deleted = 13,
}
