using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>A text with one button that sends the customer's place (<c>interactive</c> of type <c>location_request_message</c>).</summary>
/// <param name="Body">1 to 1,024 units.</param>
public sealed record OutboundLocationRequest(string Body) : OutboundContent
{
    public const int MaxBodyLength = 1024;

    public override string Kind => "location_request";

    public override bool Fits => IsWithin(Body, MaxBodyLength);

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "interactive"u8);
        json.WriteStartObject("interactive"u8);
        json.WriteString("type"u8, "location_request_message"u8);
        json.WriteStartObject("body"u8);
        json.WriteString("text"u8, Body);
        json.WriteEndObject();
        json.WriteStartObject("action"u8);
        json.WriteString("name"u8, "send_location"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
