namespace Munshi.WhatsApp.Webhooks;

/// <summary>How far a message we sent has come. The values are stable and may be stored.</summary>
public enum DeliveryStatus
{
    /// <summary>A word not known yet.</summary>
    Unknown = 0,

    /// <summary>Left Meta's servers.</summary>
    Sent = 1,

    /// <summary>On the device. May never be told where the chat was open: <see cref="Read"/> implies it.</summary>
    Delivered = 2,

    /// <summary>Shown in an open chat.</summary>
    Read = 3,

    /// <summary>A voice note played the first time.</summary>
    Played = 4,

    /// <summary>Could not be sent or delivered.</summary>
    Failed = 5,
}
