namespace Munshi.Web;

/// <summary>Attributes for htmx, always with the nonce that lets the browser obey them.</summary>
/// <remarks>An element with <c>hx-*</c> but without this response's nonce is stripped by the browser's hx-csp extension.</remarks>
public static class Hx
{
    public const string RequestHeader = "HX-Request";

    private const string RequestTypeHeader = "HX-Request-Type";

    /// <summary>Attributes for <c>@attributes</c>; the names are given without their <c>hx-</c>.</summary>
    public static IReadOnlyDictionary<string, object> Attrs(string nonce, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Dictionary<string, object> result = new(StringComparer.Ordinal) { ["hx-nonce"] = nonce };
        foreach ((string name, string value) in attributes)
        {
            result[$"hx-{name}"] = value;
        }

        return result;
    }

    /// <summary>Whether the request asks for a fragment. A history restore asks for the whole page.</summary>
    public static bool WantsFragment(HttpRequest request) =>
        request.Headers[RequestHeader] == "true" && request.Headers[RequestTypeHeader] != "full";
}
