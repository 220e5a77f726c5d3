using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks.Cards;

/// <summary>Reads <c>contacts[]</c> of a message of the type <c>contacts</c>.</summary>
internal static class ContactCardReader
{
    public static ContactCard Read(PayloadReader reader, JsonElement card) => new()
    {
        Name = Name(reader, card.Field("name"u8)),
        Phones = reader.Objects(card.Field("phones"u8), Phone),
        Emails = reader.Objects(card.Field("emails"u8), static (reader, email) =>
            new ContactEmail(reader.Line(email.Field("email"u8)), reader.Word(email.Field("type"u8)))),
        Addresses = reader.Objects(card.Field("addresses"u8), Address),
        Links = reader.Objects(card.Field("urls"u8), static (reader, link) =>
            new ContactLink(PayloadReader.Link(link.Field("url"u8)), reader.Word(link.Field("type"u8)))),
        Organization = Organization(reader, card.Field("org"u8)),
        Birthday = reader.Word(card.Field("birthday"u8)),
        VCard = reader.Words(card.Field("vcard"u8)),
    };

    private static ContactName? Name(PayloadReader reader, JsonElement name) => name.ValueKind != JsonValueKind.Object ? null : new ContactName
    {
        Formatted = reader.Line(name.Field("formatted_name"u8)),
        First = reader.Line(name.Field("first_name"u8)),
        Middle = reader.Line(name.Field("middle_name"u8)),
        Last = reader.Line(name.Field("last_name"u8)),
        Prefix = reader.Line(name.Field("prefix"u8)),
        Suffix = reader.Line(name.Field("suffix"u8)),
    };

    private static ContactPhone Phone(PayloadReader reader, JsonElement phone) =>
        new(reader.Line(phone.Field("phone"u8)), PayloadReader.OtherPhone(phone.Field("wa_id"u8)), reader.Word(phone.Field("type"u8)))
        {
            UserId = PayloadReader.OtherUserId(phone.Field("user_id"u8)),
        };

    private static ContactAddress Address(PayloadReader reader, JsonElement address) => new()
    {
        Street = reader.Line(address.Field("street"u8)),
        City = reader.Line(address.Field("city"u8)),
        State = reader.Line(address.Field("state"u8)),
        Zip = reader.Line(address.Field("zip"u8)),
        Country = reader.Line(address.Field("country"u8)),
        CountryCode = reader.Line(address.Field("country_code"u8)),
        Type = reader.Word(address.Field("type"u8)),
    };

    private static ContactOrganization? Organization(PayloadReader reader, JsonElement organization) =>
        organization.ValueKind != JsonValueKind.Object
            ? null
            : new ContactOrganization(
                reader.Line(organization.Field("company"u8)), reader.Line(organization.Field("department"u8)), reader.Line(organization.Field("title"u8)));
}
