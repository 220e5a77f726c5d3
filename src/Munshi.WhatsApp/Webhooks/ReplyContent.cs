namespace Munshi.WhatsApp.Webhooks;

/// <summary>The customer chose something we offered.</summary>
/// <param name="Kind">What was offered.</param>
/// <param name="Id">Our id of the button or row; a template button's payload.</param>
/// <param name="Title">The words the customer saw.</param>
public sealed record ReplyContent(ReplyKind Kind, string Id, string Title) : MessageContent
{
    /// <summary>A list row's second line; at most 512 UTF-16 units.</summary>
    public string? Description { get; init; }
}
