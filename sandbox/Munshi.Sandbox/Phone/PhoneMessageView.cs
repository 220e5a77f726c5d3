using System.Text.Json.Serialization;

namespace Munshi.Sandbox.Phone;

/// <summary>A message as the phone API and the page show it.</summary>
/// <param name="ReplyTo">The id of the quoted message, where this phone has it.</param>
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
    long Version)
{
    [JsonIgnore]
    public MessageLook Look { get; init; } = MessageLook.Plain;
}
