using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads <c>system</c> of a message of that type.</summary>
internal static class SystemContentReader
{
    /// <param name="reader">Takes what was wrong.</param>
    /// <param name="system">The part.</param>
    /// <param name="sender">The message's sender; of a number change the former number, and maybe the new user id already.</param>
    public static SystemContent? Read(PayloadReader reader, JsonElement system, CustomerIdentity sender)
    {
        if (system.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string type = reader.Word(system.Field("type"u8)) ?? "";
        string? body = reader.Words(system.Field("body"u8));
        CustomerIdentity now = new(
            reader.Phone(system.Field("wa_id"u8)) ?? reader.Phone(system.Field("new_wa_id"u8)),
            reader.UserId(system.Field("user_id"u8)),
            reader.UserId(system.Field("parent_user_id"u8)));
        CustomerIdentity before = new(
            sender.Phone ?? reader.Phone(system.Field("previous_wa_id"u8)),
            reader.UserId(system.Field("previous_user_id"u8)) ?? Unless(sender.UserId, now.UserId),
            reader.UserId(system.Field("previous_parent_user_id"u8)) ?? Unless(sender.ParentUserId, now.ParentUserId));
        return type switch
        {
            "user_changed_number" or "customer_changed_number" => new NumberChangedContent(before, now) { Body = body },
            "user_changed_user_id" => new UserIdChangedContent(before, now) { Body = body },
            "user_identity_changed" or "customer_identity_changed" =>
                new IdentityChangedContent(PayloadReader.Reference(system.Field("identity"u8))) { Body = body },
            _ => new OtherSystemContent(type) { Body = body },
        };
    }

    private static string? Unless(string? id, string? now) => id == now ? null : id;
}
