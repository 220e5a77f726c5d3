using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <param name="MessageId">The <c>wamid</c> of the message reacted to.</param>
/// <param name="Emoji">Empty takes the reaction back; at most 16 units, which is one emoji with its joiners.</param>
public sealed record OutboundReaction(string MessageId, string Emoji) : OutboundContent
{
    public const int MaxEmojiLength = 16;

    public override string Kind => "reaction";

    public override bool Fits => IsWithin(MessageId, 512) && Emoji is { Length: <= MaxEmojiLength };

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "reaction"u8);
        json.WriteStartObject("reaction"u8);
        json.WriteString("message_id"u8, MessageId);
        json.WriteString("emoji"u8, Emoji);
        json.WriteEndObject();
    }
}
