using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <param name="Body">1 to <see cref="MaxLength"/> units.</param>
public sealed record OutboundText(string Body) : OutboundContent
{
    /// <summary>4,096 characters.</summary>
    public const int MaxLength = 4096;

    public override string Kind => "text";

    public override bool Fits => IsWithin(Body, MaxLength);

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "text"u8);
        json.WriteStartObject("text"u8);
        json.WriteBoolean("preview_url"u8, false);
        json.WriteString("body"u8, Body);
        json.WriteEndObject();
    }
}
