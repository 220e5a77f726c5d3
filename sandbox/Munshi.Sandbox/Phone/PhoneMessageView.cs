using System.Text.Json.Serialization;

namespace Munshi.Sandbox.Phone;

/// <summary>A message as the phone API and the page show it.</summary>
/// <param name="ReplyTo">The id of the quoted message, where this phone has it.</param>
/// <param name="Text">As the phone shows it: the newest words of an edited message.</param>
/// <param name="Version">Rises on every change on this phone; for <c>changedAfter</c>.</param>
public sealed record PhoneMessageView(
    string Id,
    MessageDirection Direction,
    string Kind,
    string Text,
    IReadOnlyList<PhoneOption> Options,
    MessageStatus Status,
    DateTimeOffset At,
    string? ReplyTo,
    string Wamid,
    long Version,
    bool Edited,
    bool Deleted)
{
    /// <summary>Where the sandbox has the file that the business sent; left out without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? File => Look.Details is [{ Link: { } link }] ? link : null;

    [JsonIgnore]
    public MessageLook Look { get; init; } = MessageLook.Plain;

    /// <summary>Whether the customer may change its words, while it is young enough.</summary>
    [JsonIgnore]
    public bool CanBeEdited => Direction == MessageDirection.Customer && !Deleted && (Kind is "text" or "image" or "video" or "document");

    /// <summary>Whether the customer may delete it for everyone, while it is young enough.</summary>
    [JsonIgnore]
    public bool CanBeDeleted => Direction == MessageDirection.Customer && !Deleted && !Look.IsEvent;
}
