using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Finds the <c>contacts[]</c> that belong to one update, by identity and never by position.</summary>
internal sealed class ContactIndex
{
    private const int MaxIdLength = 256;

    private readonly Dictionary<string, JsonElement> _byPhone = [];
    private readonly Dictionary<string, JsonElement> _byUser = [];
    private readonly JsonElement _onlyContact;

    public ContactIndex(JsonElement contacts)
    {
        if (contacts.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (JsonElement contact in contacts.EnumerateArray())
        {
            if (Phone(contact.Field("wa_id"u8)) is { } phone)
            {
                _byPhone.TryAdd(phone, contact);
            }

            if (contact.Field("user_id"u8).Id(MaxIdLength) is { } user)
            {
                _byUser.TryAdd(user, contact);
            }
        }

        _onlyContact = contacts.GetArrayLength() == 1 ? contacts[0] : default;
    }

    /// <param name="item">A message, status, echo or preference.</param>
    /// <param name="alone">Whether the change holds this item only: its one contact is then the item's, as <c>wa_id</c> and phone number may differ.</param>
    /// <param name="contacts">Takes the contacts found: none, one, or two where phone and user id stand in different objects.</param>
    public void Find(JsonElement item, bool alone, List<JsonElement> contacts)
    {
        bool anotherUser = false;
        if (item.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in item.EnumerateObject())
            {
                if (IsPhone(property) && Phone(property.Value) is { } phone && _byPhone.TryGetValue(phone, out JsonElement contact))
                {
                    AddOnce(contacts, contact);
                }
                else if (IsUser(property) && property.Value.Id(MaxIdLength) is { } user)
                {
                    if (_byUser.TryGetValue(user, out contact))
                    {
                        AddOnce(contacts, contact);
                    }
                    else
                    {
                        anotherUser |= _byUser.Count > 0;
                    }
                }
            }
        }

        if (contacts.Count == 0 && alone && !anotherUser && _onlyContact.ValueKind == JsonValueKind.Object)
        {
            contacts.Add(_onlyContact);
        }
    }

    private static bool IsPhone(JsonProperty property) =>
        property.Is("from"u8) || property.Is("to"u8) || property.Is("recipient_id"u8)
        || property.Is("recipient_participant_id"u8) || property.Is("wa_id"u8);

    private static bool IsUser(JsonProperty property) =>
        property.Is("from_user_id"u8) || property.Is("to_user_id"u8) || property.Is("recipient_user_id"u8) || property.Is("user_id"u8);

    private static string? Phone(JsonElement element) => element.Id(MaxIdLength)?.TrimStart('+');

    private static void AddOnce(List<JsonElement> contacts, JsonElement contact)
    {
        foreach (JsonElement known in contacts)
        {
            if (known.Raw() == contact.Raw()) // the same bytes in memory, not equal ones
            {
                return;
            }
        }

        contacts.Add(contact);
    }
}
