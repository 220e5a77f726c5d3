using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>What a template says, with its open places: <c>{{1}}</c> or <c>{{order_id}}</c>.</summary>
public sealed partial record TemplateWording
{
    private const int MaxTextLength = 4096;

    /// <summary>Above the body; null where there is none or it is a file.</summary>
    public string? Header { get; private init; }

    /// <summary><c>IMAGE</c>, <c>VIDEO</c>, <c>DOCUMENT</c> or another kind that a sender must bring; null for a text or none.</summary>
    public string? HeaderFile { get; private init; }

    public string Body { get; private init; } = "";

    public string? Footer { get; private init; }

    public IReadOnlyList<string> Buttons { get; private init; } = [];

    /// <summary>What has to be filled in, in the order in which it is read: header, body, buttons.</summary>
    public IReadOnlyList<TemplatePlace> Places { get; private init; } = [];

    /// <summary>Whether all it needs is text.</summary>
    public bool IsTextOnly => HeaderFile is null;

    /// <summary>Nothing of its words.</summary>
    public override string ToString() => nameof(TemplateWording);

    /// <param name="components">As <see cref="TemplateInfo.Components"/>.</param>
    /// <returns>Null for what is no array of components with a body.</returns>
    public static TemplateWording? Read(string components)
    {
        ArgumentNullException.ThrowIfNull(components);
        if (!JsonFields.TryParse(Encoding.UTF8.GetBytes(components), out JsonDocument? document))
        {
            return null;
        }

        using (document)
        {
            TemplateWording wording = new();
            List<TemplatePlace> places = [];
            bool hasBody = false;
            foreach (JsonElement component in document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : Array.Empty<JsonElement>())
            {
                string? text = component.Field("text"u8).Text(MaxTextLength);
                switch (component.Field("type"u8).Text(32)?.ToUpperInvariant())
                {
                    case "HEADER" when component.Field("format"u8).Text(32) is { } format and not "TEXT":
                        wording = wording with { HeaderFile = format };
                        break;
                    case "HEADER":
                        wording = wording with { Header = text };
                        places.AddRange(PlacesOf(TemplatePart.Header, text, index: 0));
                        break;
                    case "BODY":
                        hasBody = text is not null;
                        wording = wording with { Body = text ?? "" };
                        places.AddRange(PlacesOf(TemplatePart.Body, text, index: 0));
                        break;
                    case "FOOTER":
                        wording = wording with { Footer = text };
                        break;
                    case "BUTTONS" when component.Field("buttons"u8) is { ValueKind: JsonValueKind.Array } buttons:
                        JsonElement[] each = [.. buttons.EnumerateArray()];
                        wording = wording with { Buttons = [.. each.Select(button => button.Field("text"u8).Text(128) ?? "")] };
                        places.AddRange(each.SelectMany((button, index) => PlacesOf(TemplatePart.Button, button.Field("url"u8).Text(2048), index)));
                        break;
                }
            }

            return hasBody ? wording with { Places = [.. places.OrderBy(place => place.Part)] } : null;
        }
    }

    /// <param name="name">The template's.</param>
    /// <param name="language">The template's.</param>
    /// <param name="values">One for each of <see cref="Places"/>.</param>
    public OutboundTemplate Fill(string name, string language, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, Places.Count);
        (TemplatePlace Place, string Value)[] filled = [.. Places.Zip(values)];
        return new OutboundTemplate(name, language)
        {
            Header = [.. filled.Where(one => one.Place.Part is TemplatePart.Header).Select(Parameter)],
            Body = [.. filled.Where(one => one.Place.Part is TemplatePart.Body).Select(Parameter)],
            Buttons = [.. filled.Where(one => one.Place.Part is TemplatePart.Button).Select(one => new TemplateButton(one.Place.Index, "url", one.Value))],
        };

        static TemplateParameter Parameter((TemplatePlace Place, string Value) one) => new(one.Value, one.Place.IsNamed ? one.Place.Name : null);
    }

    /// <summary>Header, body and footer as the customer reads them, with what is filled in so far.</summary>
    /// <param name="values">For each of <see cref="Places"/>; an empty one leaves its place open.</param>
    public string Show(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return string.Join("\n\n", new[] { In(Header, TemplatePart.Header), In(Body, TemplatePart.Body), Footer }.Where(part => !string.IsNullOrEmpty(part)));

        string? In(string? text, TemplatePart part) => text is null ? null : Open().Replace(text, match =>
        {
            int place = Places.Select((one, index) => (one, index)).Where(one => one.one.Part == part && one.one.Name == match.Groups[1].Value).Select(one => one.index).FirstOrDefault(-1);
            return place >= 0 && place < values.Count && values[place].Length > 0 ? values[place] : match.Value;
        });
    }

    private static IEnumerable<TemplatePlace> PlacesOf(TemplatePart part, string? text, int index) => text is null
        ? []
        : Open().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)
            .OrderBy(name => int.TryParse(name, out int number) ? number : 0)
            .Select(name => new TemplatePlace(part, name, index));

    [GeneratedRegex(@"\{\{\s*([a-z0-9_]{1,64})\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Open();
}
