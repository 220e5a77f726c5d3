namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>message_template_status_update</c>.</summary>
public sealed record TemplateStatusChanged : AccountEvent
{
    public required TemplateReference Template { get; init; }

    public TemplateStatus Status { get; init; }

    /// <summary><c>event</c> as sent; empty where it is missing.</summary>
    public string StatusText { get; init; } = "";

    /// <summary>Such as <c>UTILITY</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Why it was rejected, such as <c>INVALID_FORMAT</c>; null also where Meta says <c>NONE</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Meta's sentence; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units, as all sentences here.</summary>
    public string? RejectionReason { get; init; }

    /// <summary>Meta's advice what to write instead.</summary>
    public string? Recommendation { get; init; }

    /// <summary>Which pause it is: <c>FIRST_PAUSE</c>, <c>SECOND_PAUSE</c>, <c>RATE_LIMITING_PAUSE</c>, <c>UNPAUSE</c> or <c>DISABLED</c>.</summary>
    public string? NoteTitle { get; init; }

    public string? NoteText { get; init; }

    public ProviderTime DisabledAt { get; init; }
}
