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

    /// <summary>Accepted but shown to nobody: a business-scoped id in <c>to</c>.</summary>
    Dropped,
}
