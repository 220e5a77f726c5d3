using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>A text with buttons or a list under it.</summary>
/// <param name="Body">The text above them.</param>
/// <param name="Options">What the customer may choose from.</param>
public sealed record OutboundOptions(string Body, ReplyOptions Options) : OutboundContent
{
    public override string Kind => Options is ReplyList ? "list" : "buttons";

    public override bool Fits => Body is not null && Options is not null && Options.Fits(Body);

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "interactive"u8);
        json.WritePropertyName("interactive"u8);
        InteractiveJson.Write(json, Body, Options);
    }
}
