using System.Text.Json;
using System.Text.Json.Serialization;

namespace Munshi.Sandbox;

/// <summary>A request body read strictly: an unknown or doubled property is an error with a plain sentence.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The body, or null and the reason.</summary>
    public static async Task<(T? Value, string Problem)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            T? value = await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancellationToken);
            return (value, value is null ? "The body must be a JSON object." : "");
        }
        catch (JsonException exception)
        {
            return (null, $"The body is not the JSON expected here: {exception.Message}");
        }
    }
}
