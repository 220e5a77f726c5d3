namespace Munshi.WhatsApp.Webhooks;

/// <summary>Another wording of an earlier message, within 15 minutes; the original stays as it was.</summary>
/// <param name="OriginalId">The <c>wamid</c> edited; it may be one never received.</param>
/// <param name="Content">What stands there now; never an edit or a revocation itself.</param>
public sealed record EditContent(string OriginalId, MessageContent Content) : MessageContent
{
    /// <summary>What the edited message answers, as given; its id may be no <c>wamid</c>.</summary>
    public MessageContext? Context { get; init; }
}
