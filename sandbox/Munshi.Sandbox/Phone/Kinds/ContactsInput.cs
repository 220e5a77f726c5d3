using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>One card or more.</summary>
/// <param name="Cards">Left out with <see cref="Asked"/>: then it is the customer's own card.</param>
/// <param name="Origin"><c>other</c> (unless given) or <c>contact_request</c>, the answer to a button that asks for the number.</param>
internal sealed record ContactsInput(IReadOnlyList<ContactInput>? Cards = null, string? Origin = null)
{
    private const string Asked = "contact_request";
    private const int MaxCards = 50;

    public Composition Compose(CustomerIdentity sender, PhoneMessage? quoted)
    {
        if (Origin is not (null or "other" or Asked))
        {
            return new Composition.Refused($"contacts.origin must be other or {Asked}.");
        }

        bool isOwn = Origin == Asked;
        IReadOnlyList<ContactInput> cards = isOwn && Cards is null ? [new ContactInput(sender.ProfileName, $"+{sender.Number.Digits}")] : Cards ?? [];
        if (cards.Count is 0 or > MaxCards || cards.Any(card => card is not { IsGood: true }))
        {
            return new Composition.Refused(
                $"contacts.cards must have 1 to {MaxCards} cards, each with a name; name, phone, email, company and birthday have 1 to {ContactInput.MaxLength} characters.");
        }

        return new Composition.Composed(
            "contacts", string.Join(", ", cards.Select(card => card.Name)), new JsonArray([.. cards.Select(card => card.ToJson(isOwn))]), quoted)
        {
            Beside = new JsonObject { ["origin"] = Origin ?? "other" },
            Details = [.. cards.Select(card => new MessageDetail("person", card.Name!, [.. card.Lines]))],
        };
    }
}
