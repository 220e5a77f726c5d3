namespace Munshi.WhatsApp.Webhooks;

/// <summary>One atomic part of a webhook delivery, with no other customer's data in it.</summary>
public sealed record WebhookUpdate
{
    /// <summary>0-based position within the delivery; the same for the same bytes.</summary>
    public required int Ordinal { get; init; }

    public required UpdateKind Kind { get; init; }

    /// <summary><c>metadata.phone_number_id</c>, the business number it is about; null where Meta names none. At most 64 characters.</summary>
    public required string? PhoneNumberId { get; init; }

    /// <summary><c>entry[].id</c>, the WhatsApp Business Account. At most 64 characters.</summary>
    public required string? WabaId { get; init; }

    /// <summary><c>changes[].field</c>, at most 64 characters; empty where it is missing.</summary>
    public required string Field { get; init; }

    /// <summary>
    /// A self-contained JSON object, UTF-8: <c>field</c>, <c>kind</c> (<see cref="UpdateKindWords"/>), <c>waba_id</c>, <c>time</c> of the
    /// entry, <c>metadata</c>, the <c>contacts</c> that belong to this update, and the original object, byte for byte as Meta sent it: as
    /// <c>message</c>, <c>status</c>, <c>error</c>, <c>app_state</c> or <c>user_preference</c>; of the history with the members of its
    /// chunk and thread (<c>history</c>, <c>thread</c>); anything else as <c>change</c>, <c>entry</c> or <c>delivery.</c> and its name.
    /// </summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    public override string ToString() => $"{nameof(WebhookUpdate)} {{ Ordinal = {Ordinal}, Kind = {Kind}, Bytes = {Json.Length} }}";
}
