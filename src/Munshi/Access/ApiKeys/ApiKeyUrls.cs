namespace Munshi.Access.ApiKeys;

/// <summary>Addresses of the keys' page.</summary>
internal static class ApiKeyUrls
{
    public const string Settings = "/settings/api-keys";

    /// <summary>What the API can be asked, for programs.</summary>
    public const string Description = "/openapi/v1.json";

    public static string Revocation(Guid key) => $"{Settings}/{key}/revocation";
}
