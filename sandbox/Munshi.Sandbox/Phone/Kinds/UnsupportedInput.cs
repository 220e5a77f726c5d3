using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>Something that Meta does not pass on.</summary>
/// <param name="Type">One of <see cref="Types"/>; with <see cref="UnavailableCode"/> it may be left out.</param>
/// <param name="Code"><see cref="UnsupportedCode"/> unless given, or <see cref="UnavailableCode"/>.</param>
internal sealed record UnsupportedInput(string? Type = null, int? Code = null)
{
    public const int UnsupportedCode = 131051;

    /// <summary>Of a number shared with the app: the words are on the owner's phone only.</summary>
    public const int UnavailableCode = 131060;

    public static readonly IReadOnlyList<string> Types =
    [
        "button", "edit", "errors", "gif", "group_invite", "hsm", "image", "interactive", "keep_in_chat", "link_preview", "list", "location",
        "media_placeholder", "order", "pin", "poll_creation", "poll_update", "product", "reaction",
    ];

    public Composition Compose()
    {
        if (Code is not (null or UnsupportedCode or UnavailableCode))
        {
            return new Composition.Refused($"unsupported.code must be {UnsupportedCode} or {UnavailableCode}.");
        }

        bool isUnavailable = Code == UnavailableCode;
        if (Type is null ? !isUnavailable : !Types.Contains(Type))
        {
            return new Composition.Refused($"unsupported.type must be one of {string.Join(", ", Types)}.");
        }

        string title = isUnavailable ? "This message is currently unavailable" : "Message type unknown";
        string shown = isUnavailable ? "A message that only the business's own phone shows" : Type == "poll_creation" ? "Poll" : Type!.Replace('_', ' ');
        return new Composition.Composed("unsupported", shown, Type is null ? null : new JsonObject { ["type"] = Type })
        {
            Beside = new JsonObject
            {
                ["errors"] = new JsonArray(new JsonObject
                {
                    ["code"] = Code ?? UnsupportedCode,
                    ["title"] = title,
                    ["message"] = title,
                    ["error_data"] = new JsonObject { ["details"] = isUnavailable ? "This message is currently unavailable." : "Message type is currently not supported." },
                }),
            },
            Details = [new MessageDetail("withheld", shown, ["WhatsApp does not pass it on"])],
        };
    }
}
