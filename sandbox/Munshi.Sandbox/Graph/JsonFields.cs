using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Munshi.Sandbox.Graph;

/// <summary>Total look-ups in untrusted JSON: absent, of another kind and not an object are all false.</summary>
internal static class JsonFields
{
    public static bool TryField(this JsonElement element, string name, JsonValueKind kind, out JsonElement field)
    {
        field = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out field) && field.ValueKind == kind;
    }

    public static bool TryText(this JsonElement element, string name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = element.TryField(name, JsonValueKind.String, out JsonElement field) ? field.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text.
        }

        return text is not null;
    }

    public static bool Has(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null;
}
