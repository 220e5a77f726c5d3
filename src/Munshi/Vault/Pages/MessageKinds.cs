namespace Munshi.Vault.Pages;

/// <summary>The Cloud API's message types that have a name of their own on the page; others show as "unknown".</summary>
public static class MessageKinds
{
    public const string Text = "text";

    private static readonly Dictionary<string, string> Icons = new(StringComparer.Ordinal)
    {
        [Text] = "message",
        ["reply"] = "message",
        ["list"] = "message",
        ["buttons"] = "message",
        ["reaction"] = "smile",
        ["image"] = "image",
        ["sticker"] = "smile",
        ["video"] = "video",
        ["audio"] = "audio",
        ["document"] = "document",
        ["location"] = "location",
        ["contacts"] = "contact",
        ["order"] = "document",
        ["media"] = "image",
        ["media_placeholder"] = "image",
        ["call"] = "message",
        ["deleted"] = "message",
        ["poll"] = "message",
        ["system"] = "message",
        ["nfm_reply"] = "document",
        ["request_welcome"] = "message",
        ["unsupported"] = "question",
        ["edit"] = "edit",
        ["revoke"] = "stop",
        ["template"] = "document",
        ["link"] = "message",
        ["location_request"] = "location",
    };

    /// <summary>The key of the kind's name.</summary>
    public static string TextKey(string kind, bool ours) => (kind, ours) switch
    {
        ("revoke", true) => "Kind.revokedOnPhone",
        _ when Icons.ContainsKey(kind) => $"Kind.{kind}",
        _ => "Kind.unknown",
    };

    public static string Icon(string kind) => Icons.GetValueOrDefault(kind, "unknown");

    /// <summary>Whether a file belongs to the message.</summary>
    public static bool IsFile(string kind) => kind is "media" or "image" or "sticker" or "video" or "audio" or "document";

    /// <summary>Whether the message is its text, without anything else to name.</summary>
    public static bool IsText(string kind) => kind is Text or "reply" or "list" or "buttons";
}
