namespace Munshi.WhatsApp.Sending;

/// <summary>Why it is not known whether a message was sent.</summary>
public enum UncertainReason
{
    /// <summary>No whole answer within the time allowed.</summary>
    TimedOut,

    /// <summary>The caller cancelled after the message had begun to leave.</summary>
    Cancelled,

    /// <summary>The connection broke before the answer was whole.</summary>
    ConnectionBroken,

    /// <summary>A 5xx without a Graph error in it: any server on the way may have made it.</summary>
    ServerFault,

    /// <summary>A success whose body is not Graph's, or larger than 256 KiB.</summary>
    Unreadable,
}
