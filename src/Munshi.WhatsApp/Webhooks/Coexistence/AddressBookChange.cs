using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks.Coexistence;

/// <summary>A contact added to or removed from the phone's address book, as told by the <see cref="WebhookUpdate.Json"/> of <see cref="UpdateKind.AppState"/>.</summary>
public sealed record AddressBookChange : PayloadPart
{
    /// <summary><c>type</c> as sent, <c>contact</c> so far; at most 64 characters, empty where it is missing.</summary>
    public string Type { get; private init; } = "";

    public AddressBookAction Action { get; private init; }

    /// <summary>The owner's name for them, at most 512 UTF-16 units.</summary>
    public string? FullName { get; private init; }

    /// <summary>At most 512 UTF-16 units.</summary>
    public string? FirstName { get; private init; }

    public CustomerIdentity Customer { get; private init; } = CustomerIdentity.None;

    /// <summary>Without an at sign; at most 512 UTF-16 units.</summary>
    public string? Username { get; private init; }

    public ProviderTime At { get; private init; }

    public PayloadFlaws Flaws { get; private init; }

    /// <param name="json">A <see cref="WebhookUpdate.Json"/>. Any other bytes give an empty change with <see cref="PayloadFlaws.Unreadable"/>.</param>
    public static AddressBookChange Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return new AddressBookChange { Flaws = PayloadFlaws.Unreadable };
        }

        using (document)
        {
            JsonElement change = document.RootElement.Field("app_state"u8);
            return change.ValueKind == JsonValueKind.Object
                ? Read(change)
                : new AddressBookChange { Flaws = PayloadFlaws.Unreadable };
        }
    }

    private static AddressBookChange Read(JsonElement change)
    {
        PayloadReader reader = new();
        JsonElement contact = change.Field("contact"u8);
        return new AddressBookChange
        {
            Type = reader.Word(change.Field("type"u8)) ?? "",
            Action = reader.Word(change.Field("action"u8)) switch
            {
                "add" => AddressBookAction.Add,
                "remove" => AddressBookAction.Remove,
                _ => AddressBookAction.Unknown,
            },
            FullName = reader.Line(contact.Field("full_name"u8)),
            FirstName = reader.Line(contact.Field("first_name"u8)),
            Customer = new CustomerIdentity(
                reader.Phone(contact.Field("phone_number"u8)), reader.UserId(contact.Field("user_id"u8)), reader.UserId(contact.Field("parent_user_id"u8))),
            Username = reader.Line(contact.Field("username"u8)),
            At = reader.Time(change.Field("metadata"u8).Field("timestamp"u8)),
            Flaws = reader.Flaws,
        };
    }
}
