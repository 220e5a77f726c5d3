using Munshi.WhatsApp.Webhooks;

namespace Munshi.Vault;

/// <summary>A customer's message as it came in.</summary>
/// <param name="NumberId">The number it came to.</param>
/// <param name="Message">As read from <paramref name="Raw"/>.</param>
/// <param name="Raw">The update whole.</param>
/// <param name="ReceivedAt">When its delivery was acknowledged.</param>
internal sealed record ArrivedMessage(Guid NumberId, InboundMessage Message, byte[] Raw, DateTimeOffset ReceivedAt)
{
    /// <summary>Meta gives whole seconds; a message that came within this time of them stands where it arrived.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    /// <summary>Whose conversation it is, whoever wrote it.</summary>
    public IReadOnlyList<IdentifierClaim> Claims { get; } = Message.Content switch
    {
        NumberChangedContent { Before: { IsNone: false } before } => IdentifierClaim.From(before.UserId, before.Phone),
        UserIdChangedContent { Before: { IsNone: false } before } => IdentifierClaim.From(before.UserId, before.Phone),
        _ => IdentifierClaim.From(Message.Customer.UserId, Message.Customer.Phone),
    };

    /// <summary>By what else its customer is known, as it says: after a change, or of a card that they were asked for.</summary>
    public IReadOnlyList<IdentifierClaim> Also => Message.Content switch
    {
        NumberChangedContent changed => IdentifierClaim.From(changed.Now.UserId, changed.Now.Phone),
        UserIdChangedContent changed => IdentifierClaim.From(changed.Now.UserId, changed.Now.Phone),
        ContactsContent { IsRequested: true, Cards: [{ } card] } => IdentifierClaim.From(null, card.Phones.Select(phone => phone.WhatsAppPhone).FirstOrDefault(phone => phone is not null)),
        _ => [],
    };

    /// <summary>The provider's id of the message quoted, reacted to, edited or revoked.</summary>
    public string? QuotedId => Message.Content switch
    {
        ReactionContent reaction => reaction.MessageId,
        EditContent edit => edit.OriginalId,
        RevokeContent revoke => revoke.OriginalId,
        _ => Message.Context?.QuotedId,
    };

    /// <summary>Whether it opens the 24-hour window although it asks for nothing.</summary>
    public bool Opens => Message.Content is RequestWelcomeContent;

    /// <summary>What keeps it from being stored at all; one of our own reason words.</summary>
    public string? Flaw => Message.ProviderId is null ? "no-message-id" : Claims.Count == 0 ? "no-sender" : null;

    /// <summary>Where it stands in the conversation.</summary>
    /// <param name="providerAt">Its plausible provider time.</param>
    public DateTimeOffset StandsAt(DateTimeOffset? providerAt) =>
        providerAt is { } told && (ReceivedAt - told).Duration() > Prompt ? told : ReceivedAt;

    /// <summary>Kind, shown text, and whether it is a turn of the conversation that wants an answer.</summary>
    public (string Kind, string? Text, bool Asks) Describe() => Message.Content switch
    {
        TextContent text => ("text", text.Body, true),
        ReplyContent reply => ("reply", reply.Title.Length > 0 ? reply.Title : reply.Id, true),
        ReactionContent reaction => ("reaction", reaction.Emoji, false),
        UnsupportedContent => ("unsupported", null, true),
        FlowReplyContent form => ("nfm_reply", form.Body, true),
        EditContent edit => ("edit", Words(edit.Content), false),
        RevokeContent => ("revoke", null, false),
        SystemContent or RequestWelcomeContent => (Message.Type, null, false),
        OtherContent other => (KindName(other.Type), null, other.Type is not ("system" or "request_welcome")),
        _ => (KindName(Message.Type), Words(Message.Content), true),
    };

    public override string ToString() => nameof(ArrivedMessage);

    private static string? Words(MessageContent content) => content switch
    {
        TextContent text => text.Body,
        MediaContent media => media.Caption,
        LocationContent place => Joined(place.Name, place.Address),
        ContactsContent contacts => Joined([.. contacts.Cards.Select(card => card.Name?.Formatted)]),
        OrderContent order => order.Text,
        _ => null,
    };

    private static string? Joined(params string?[] parts) =>
        string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } joined ? joined : null;

    private static string KindName(string type) =>
        type.Length is > 0 and <= 64 && type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') ? type : "unknown";
}
