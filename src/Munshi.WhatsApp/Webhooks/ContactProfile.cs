using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>What the <c>contacts[]</c> of one update tell of its customer; phone and user id may stand in different ones.</summary>
internal readonly struct ContactProfile(JsonElement update)
{
    private readonly JsonElement _contacts = update.Field("contacts"u8);

    public string? Name(PayloadReader reader) => reader.Line(Of("profile"u8).Field("name"u8));

    public string? Username(PayloadReader reader) => reader.Line(Of("profile"u8).Field("username"u8));

    public string? IdentityKeyHash => PayloadReader.Reference(Of("identity_key_hash"u8));

    public string? Phone(PayloadReader reader) => reader.Phone(Of("wa_id"u8));

    public string? UserId(PayloadReader reader) => reader.UserId(Of("user_id"u8));

    public string? ParentUserId(PayloadReader reader) => reader.UserId(Of("parent_user_id"u8));

    /// <summary>What the update's own part names, and where it does not, the contact.</summary>
    public CustomerIdentity Complete(PayloadReader reader, string? phone, string? userId, string? parentUserId) =>
        new(phone ?? Phone(reader), userId ?? UserId(reader), parentUserId ?? ParentUserId(reader));

    /// <summary>The member of the first contact that has it.</summary>
    private JsonElement Of(ReadOnlySpan<byte> name)
    {
        if (_contacts.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement contact in _contacts.EnumerateArray())
            {
                JsonElement found = contact.Field(name);
                if (found.ValueKind != JsonValueKind.Undefined)
                {
                    return found;
                }
            }
        }

        return default;
    }
}
