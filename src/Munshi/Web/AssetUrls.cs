using Microsoft.AspNetCore.StaticAssets;

namespace Munshi.Web;

/// <summary>Addresses of the files under <c>wwwroot</c>, with the fingerprint that lets a browser keep them for ever.</summary>
public sealed class AssetUrls(EndpointDataSource endpoints)
{
    private readonly Lazy<Dictionary<string, string>> _fingerprinted = new(() => Read(endpoints));

    /// <param name="file">The path below <c>wwwroot</c>, such as <c>css/app.css</c>.</param>
    public string this[string file] => "/" + _fingerprinted.Value.GetValueOrDefault(file, file);

    private static Dictionary<string, string> Read(EndpointDataSource endpoints)
    {
        Dictionary<string, string> result = new(StringComparer.Ordinal);
        foreach (Endpoint endpoint in endpoints.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is { } asset
                && asset.Properties.FirstOrDefault(property => property.Name == "label") is { } label)
            {
                result[label.Value] = asset.Route;
            }
        }

        return result;
    }
}
