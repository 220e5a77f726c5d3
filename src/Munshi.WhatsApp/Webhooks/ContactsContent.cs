using Munshi.WhatsApp.Webhooks.Cards;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Address cards, mostly of other people.</summary>
/// <param name="Cards">At most 1,000.</param>
/// <param name="Origin"><c>contact_request</c> where the customer shared their own card on our asking, else mostly <c>other</c>; at most 64 characters.</param>
public sealed record ContactsContent(IReadOnlyList<ContactCard> Cards, string? Origin) : MessageContent
{
    /// <summary>Whether the card is the sender's own, given when asked: then its number is theirs.</summary>
    public bool IsRequested => Origin == "contact_request";
}
