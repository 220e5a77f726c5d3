using Munshi.Vault.Pages.Details;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Cards;

namespace Munshi.Vault;

/// <summary>What a page shows of a received message beside its words, read from the provider's update as it is kept.</summary>
internal static class ReceivedDetails
{
    /// <param name="raw">The update; null where it is gone.</param>
    public static (MessageDetail? Detail, MessageMarks Marks) Of(byte[]? raw)
    {
        if (raw is null)
        {
            return (null, MessageMarks.None);
        }

        InboundMessage message = InboundMessage.Read(raw);
        return (Detail(message, message.Content), Marks(message));
    }

    private static MessageDetail? Detail(InboundMessage message, MessageContent content) => content switch
    {
        EditContent edit => Detail(message, edit.Content),
        MediaContent media => new FileDetail(
            (media as DocumentContent)?.FileName, WithoutParameters(media.File.MimeType), media is AudioContent { IsVoice: true }, media.File.Id is null || message.Errors.Count > 0),
        LocationContent place => new PlaceDetail(place.Latitude, place.Longitude, place.Name, place.Address),
        ContactsContent contacts => new CardsDetail([.. contacts.Cards.Take(CardsDetail.Most).Select(Card)], Math.Max(0, contacts.Cards.Count - CardsDetail.Most)),
        OrderContent order => new BasketDetail(
            [.. order.Items.Take(BasketDetail.Most).Select(item => new BasketRow(item.ProductId, item.Quantity, item.Price, item.Currency))],
            Math.Max(0, order.Items.Count - BasketDetail.Most)),
        FlowReplyContent form => new FormDetail(
            [.. form.Answers.Where(answer => answer.Name != "flow_token").Take(FormDetail.Most).Select(answer => (answer.Name, answer.Value))]),
        NumberChangedContent changed => new NewNumberDetail(changed.Now.Phone),
        IdentityChangedContent => new NoteDetail("Message.NewSecurityCode"),
        UserIdChangedContent => new NoteDetail("Message.NewUserId"),
        ReplyContent { Description: { } description } => new ChoiceDetail(description),
        UnsupportedContent unsupported => new GapDetail(unsupported.IsOnOwnersPhone),
        _ => null,
    };

    private static CardView Card(ContactCard card) => new(
        card.Name?.Formatted ?? card.Name?.First,
        card.Organization?.Company,
        [
            .. card.Phones.Select(phone => phone.Number ?? (phone.WhatsAppPhone is { } digits ? $"+{digits}" : null)).OfType<string>(),
            .. card.Emails.Select(email => email.Address).OfType<string>(),
            .. card.Links.Select(link => link.Link).OfType<string>(),
        ]);

    private static MessageMarks Marks(InboundMessage message) => new(
        message.Context?.Forwarded is true,
        message.Context?.FrequentlyForwarded is true,
        message.Referral is { } referral ? referral.Headline ?? referral.Body ?? "" : null,
        message.Context?.Product?.ProductId,
        message.Context?.QuotedId is not null);

    private static string? WithoutParameters(string? mimeType) => mimeType?.Split(';')[0].Trim();
}
