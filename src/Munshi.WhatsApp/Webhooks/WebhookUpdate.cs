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
    /// A self-contained JSON object, UTF-8: <c>field</c>, <c>kind</c>, <c>waba_id</c>, <c>metadata</c>, the <c>contacts</c> that belong to
    /// this update, and the original object under the name of its kind, byte for byte as Meta sent it.
    /// </summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    public override string ToString() => $"{nameof(WebhookUpdate)} {{ Ordinal = {Ordinal}, Kind = {Kind}, Bytes = {Json.Length} }}";
}
