namespace Munshi.Vault.Pages;

/// <summary>Why the viewer cannot write now.</summary>
public enum ReplyHindrance
{
    None,

    /// <summary>More than 24 hours since the customer's last message.</summary>
    WindowClosed,

    /// <summary>Another person answers; taking over comes first.</summary>
    AnsweredByAnother,

    /// <summary>The conversation goes on in another one.</summary>
    GoesOnElsewhere,
}
