using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Finds the <c>contacts[]</c> that belong to one update, by identity and never by position.</summary>
internal sealed class ContactIndex
{
    private const int MaxIdLength = 256;

    private readonly Dictionary<string, int> _byPhone = [];
    private readonly Dictionary<string, int> _byUser = [];
    private readonly List<JsonElement> _contacts = [];
    private readonly HashSet<int> _found = [];

    public ContactIndex(JsonElement contacts)
    {
        Array = contacts;
        if (contacts.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (JsonElement contact in contacts.EnumerateArray())
        {
            if (Phone(contact.Field("wa_id"u8)) is { } phone)
            {
                _byPhone.TryAdd(phone, _contacts.Count);
            }

            if (contact.Field("user_id"u8).Id(MaxIdLength) is { } user)
            {
                _byUser.TryAdd(user, _contacts.Count);
            }

            if (contact.Field("parent_user_id"u8).Id(MaxIdLength) is { } parent)
            {
                _byUser.TryAdd(parent, _contacts.Count);
            }

            _contacts.Add(contact);
        }
    }

    public JsonElement Array { get; }

    /// <summary>Those that no update was given so far.</summary>
    public IReadOnlyList<JsonElement> Left => [.. _contacts.Where((_, at) => !_found.Contains(at))];

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
                if (IsPhone(property) && Phone(property.Value) is { } phone && _byPhone.TryGetValue(phone, out int at))
                {
                    AddOnce(contacts, at);
                }
                else if (IsUser(property) && property.Value.Id(MaxIdLength) is { } user)
                {
                    if (_byUser.TryGetValue(user, out at))
                    {
                        AddOnce(contacts, at);
                    }
                    else
                    {
                        anotherUser |= _byUser.Count > 0;
                    }
                }
            }
        }

        if (contacts.Count == 0 && alone && !anotherUser && _contacts is [{ ValueKind: JsonValueKind.Object }])
        {
            AddOnce(contacts, 0);
        }
    }

    private static bool IsPhone(JsonProperty property) =>
        property.Is("from"u8) || property.Is("to"u8) || property.Is("recipient_id"u8)
        || property.Is("recipient_participant_id"u8) || property.Is("participant_recipient_id"u8) || property.Is("wa_id"u8);

    private static bool IsUser(JsonProperty property) =>
        property.Is("from_user_id"u8) || property.Is("to_user_id"u8) || property.Is("recipient_user_id"u8)
        || property.Is("recipient_participant_user_id"u8) || property.Is("user_id"u8);

    private static string? Phone(JsonElement element) => element.Id(MaxIdLength)?.TrimStart('+');

    private void AddOnce(List<JsonElement> contacts, int at)
    {
        _found.Add(at);
        if (!contacts.Exists(known => known.IsSameAs(_contacts[at])))
        {
            contacts.Add(_contacts[at]);
        }
    }
}
