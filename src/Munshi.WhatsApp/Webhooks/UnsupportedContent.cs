namespace Munshi.WhatsApp.Webhooks;

/// <summary>Something Meta does not pass on; the words, if any, are on the owner's phone only. All its errors: <see cref="InboundMessage.Errors"/>.</summary>
/// <param name="Code">Meta's code of the first error: 131051 for an unsupported kind, 131060 for one that is unavailable to a shared number.</param>
/// <param name="Kind"><c>unsupported.type</c>, such as <c>poll_creation</c>; at most 64 characters.</param>
/// <param name="Title">Meta's title of the first error; at most 256 characters.</param>
public sealed record UnsupportedContent(int? Code, string? Kind, string? Title) : MessageContent
{
    /// <summary>Whether the shared phone has what is missing here: a customer's first message often comes so.</summary>
    public bool IsOnOwnersPhone => Code == 131060;
}
