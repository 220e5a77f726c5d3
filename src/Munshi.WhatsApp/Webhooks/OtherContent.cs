namespace Munshi.WhatsApp.Webhooks;

/// <summary>A kind with no reading of its own, or one whose expected part is missing; the update's JSON holds it whole.</summary>
/// <param name="Type">The message's type; for an interactive reply the inner type, such as <c>call_permission_reply</c>. At most 64 characters; empty where Meta gave none.</param>
public sealed record OtherContent(string Type) : MessageContent;
