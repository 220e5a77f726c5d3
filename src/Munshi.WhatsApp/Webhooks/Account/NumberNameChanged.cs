namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>phone_number_name_update</c>: the display name was examined.</summary>
public sealed record NumberNameChanged : AccountEvent
{
    /// <summary>The business number, as Meta writes it.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary><c>APPROVED</c>, <c>REJECTED</c>, <c>DEFERRED</c> or <c>PENDING</c>; empty where it is missing.</summary>
    public string Decision { get; init; } = "";

    /// <summary>At most 512 UTF-16 units.</summary>
    public string? RequestedName { get; init; }

    /// <summary>Such as <c>NAME_EMPLOYEE_ISSUE</c>.</summary>
    public string? RejectionReason { get; init; }
}
