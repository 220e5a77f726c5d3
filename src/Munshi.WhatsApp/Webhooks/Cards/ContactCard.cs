namespace Munshi.WhatsApp.Webhooks.Cards;

/// <summary>One person or business of an address book. What the sender keeps back is missing; every list holds at most 1,000.</summary>
public sealed record ContactCard : PayloadPart
{
    public ContactName? Name { get; init; }

    public IReadOnlyList<ContactPhone> Phones { get; init; } = [];

    public IReadOnlyList<ContactEmail> Emails { get; init; } = [];

    public IReadOnlyList<ContactAddress> Addresses { get; init; } = [];

    public IReadOnlyList<ContactLink> Links { get; init; } = [];

    public ContactOrganization? Organization { get; init; }

    /// <summary>As given, mostly <c>YYYY-MM-DD</c>; at most 64 characters.</summary>
    public string? Birthday { get; init; }

    /// <summary>The card as vCard text; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? VCard { get; init; }
}
