using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Munshi.WhatsApp.Json;

/// <summary>Reads parsed JSON without ever throwing: what is absent or of another kind is <see cref="JsonValueKind.Undefined"/>.</summary>
internal static class JsonFields
{
    /// <summary>The deepest nesting accepted; Meta's deepest payload (history) uses 14 levels.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>False for bytes that are not UTF-8, not JSON or nested deeper than <see cref="MaxDepth"/>.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        if (!Utf8.IsValid(json.Span)) // the parser itself lets invalid sequences inside strings pass
        {
            return false;
        }

        try
        {
            document = JsonDocument.Parse(json, Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The member called <paramref name="name"/>, the last one where it is repeated.</summary>
    public static JsonElement Field(this JsonElement element, ReadOnlySpan<byte> name)
    {
        JsonElement found = default;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Is(name))
                {
                    found = property.Value;
                }
            }
        }

        return found;
    }

    public static JsonElement First(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 ? element[0] : default;

    public static bool Is(this JsonProperty property, ReadOnlySpan<byte> name) =>
        JsonText.NameEquals(property.RawName(), name);

    /// <summary>The name's own bytes, escapes and all.</summary>
    public static ReadOnlySpan<byte> RawName(this JsonProperty property) => JsonMarshal.GetRawUtf8PropertyName(property);

    public static string Name(this JsonProperty property, int maxLength, out bool repaired, out bool cut) =>
        JsonText.Decode(property.RawName(), maxLength, out repaired, out cut);

    /// <summary>The value's own bytes, unchanged.</summary>
    public static ReadOnlySpan<byte> Raw(this JsonElement element) => JsonMarshal.GetRawUtf8Value(element);

    /// <summary>An object of those members only that <paramref name="keep"/> accepts, each byte for byte; empty for what is no object.</summary>
    public static byte[] Only(this JsonElement element, Func<JsonProperty, bool> keep)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        ArrayBufferWriter<byte> json = new();
        ReadOnlySpan<byte> separator = "{\""u8;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (keep(property))
            {
                json.Write(separator);
                json.Write(property.RawName());
                json.Write("\":"u8);
                json.Write(property.Value.Raw());
                separator = ",\""u8;
            }
        }

        json.Write(json.WrittenCount == 0 ? "{}"u8 : "}"u8);
        return json.WrittenSpan.ToArray();
    }

    public static bool IsTrue(this JsonElement element) => element.ValueKind == JsonValueKind.True;

    public static string? Text(this JsonElement element, int maxLength, out bool repaired, out bool cut)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return JsonText.Decode(element.Raw()[1..^1], maxLength, out repaired, out cut);
        }

        repaired = cut = false;
        return null;
    }

    public static string? Text(this JsonElement element, int maxLength) => element.Text(maxLength, out _, out _);

    /// <summary>An identifier, byte for byte: a string, or a number's digits. Null when empty, damaged or too long: half an identifier names someone else.</summary>
    public static string? Id(this JsonElement element, int maxLength)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            return element.Raw().Length <= maxLength ? element.GetRawText() : null;
        }

        string? id = element.Text(maxLength, out bool repaired, out bool cut);
        return repaired || cut || id is "" ? null : id;
    }

    public static int? Int32(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number) ? number : null;

    /// <summary>A whole number, written as a number or as a string of digits.</summary>
    public static long? WholeNumber(this JsonElement element) =>
        Utf8Parser.TryParse(element.Digits(), out long number, out int consumed) && consumed == element.Digits().Length ? number : null;

    /// <summary>A number without an exponent, written as a number or as a string; exact.</summary>
    public static decimal? Decimal(this JsonElement element) =>
        Utf8Parser.TryParse(element.Digits(), out decimal number, out int consumed) && consumed == element.Digits().Length ? number : null;

    /// <summary>A number from −<paramref name="bound"/> to <paramref name="bound"/>.</summary>
    public static double? Within(this JsonElement element, double bound) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && Math.Abs(number) <= bound ? number : null;

    public static bool? Boolean(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Whether two elements are the same place of the same document.</summary>
    public static bool IsSameAs(this JsonElement element, JsonElement other) =>
        element.ValueKind != JsonValueKind.Undefined && other.ValueKind != JsonValueKind.Undefined && element.Raw() == other.Raw();

    private static ReadOnlySpan<byte> Digits(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.Raw()[1..^1],
        JsonValueKind.Number => element.Raw(),
        _ => default,
    };
}
