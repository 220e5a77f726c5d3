using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>A text with one button that opens an address (<c>interactive</c> of type <c>cta_url</c>).</summary>
/// <param name="Body">1 to 1,024 units.</param>
/// <param name="Label">On the button, 1 to 20 units.</param>
/// <param name="Address">Absolute, http or https, at most 2,000 units.</param>
public sealed record OutboundLink(string Body, string Label, string Address) : OutboundContent
{
    public const int MaxBodyLength = 1024;
    public const int MaxLabelLength = 20;
    public const int MaxAddressLength = 2000;

    /// <summary>A small line below the body, 1 to 60 units.</summary>
    public string? Footer { get; init; }

    public override string Kind => "link";

    public override bool Fits => IsWithin(Body, MaxBodyLength)
        && IsWithin(Label, MaxLabelLength)
        && IsWithinOrNull(Footer, ReplyOptions.MaxFooterLength)
        && IsWithin(Address, MaxAddressLength)
        && Uri.TryCreate(Address, UriKind.Absolute, out Uri? address)
        && address.Scheme is "https" or "http";

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "interactive"u8);
        json.WriteStartObject("interactive"u8);
        json.WriteString("type"u8, "cta_url"u8);
        json.WriteStartObject("body"u8);
        json.WriteString("text"u8, Body);
        json.WriteEndObject();
        if (Footer is not null)
        {
            json.WriteStartObject("footer"u8);
            json.WriteString("text"u8, Footer);
            json.WriteEndObject();
        }

        json.WriteStartObject("action"u8);
        json.WriteString("name"u8, "cta_url"u8);
        json.WriteStartObject("parameters"u8);
        json.WriteString("display_text"u8, Label);
        json.WriteString("url"u8, Address);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
