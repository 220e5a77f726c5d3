namespace Munshi.Sandbox.Control;

/// <summary>What is counted for <c>GET /control/state</c>.</summary>
internal enum Counted
{
    /// <summary>A delivery answered 200.</summary>
    Delivered,

    /// <summary>An attempt after the first.</summary>
    Retried,

    /// <summary>A delivery given up after the last attempt.</summary>
    Abandoned,

    /// <summary>A message that the Graph API took.</summary>
    Accepted,

    /// <summary>A Graph call answered with an error.</summary>
    Refused,

    /// <summary>A read receipt or typing indicator.</summary>
    MarkedRead,

    /// <summary>A file that the business uploaded.</summary>
    Uploaded,

    /// <summary>Accepted but shown to nobody: a business-scoped id in <c>to</c>, or the fault <c>silentDrop</c>.</summary>
    Dropped,

    /// <summary>An attempt to deliver, the first ones included.</summary>
    Sent,

    /// <summary>An update in a delivery that was answered 200.</summary>
    Updated,

    /// <summary>An update sent twice.</summary>
    Duplicated,

    /// <summary>A delivery that let another pass, or whose updates were turned round.</summary>
    Reordered,

    /// <summary>A status never delivered.</summary>
    StatusLost,

    /// <summary>A message accepted and then failed.</summary>
    Failed,
}
