namespace Munshi.Sandbox.Phone;

/// <summary>How far a message came; it only moves forward.</summary>
/// <remarks>Of the customer's messages, delivered means that the callback answered 200.</remarks>
public enum MessageStatus
{
    Sent,
    Delivered,
    Read,
}
