namespace Munshi.WhatsApp.Sending;

/// <summary>Why a request never left.</summary>
public enum NotSentReason
{
    /// <summary>A handler refused the request or the connection failed in a way not listed.</summary>
    NotConnected,

    /// <summary>The host name could not be resolved.</summary>
    NameNotResolved,

    /// <summary>No connection: refused, unreachable.</summary>
    ConnectionFailed,

    /// <summary>No secure connection: certificate or protocol.</summary>
    TlsFailed,

    /// <summary>The proxy refused.</summary>
    ProxyFailed,

    /// <summary>No connection within the time allowed.</summary>
    TimedOut,

    /// <summary>The caller cancelled in time.</summary>
    Cancelled,
}
