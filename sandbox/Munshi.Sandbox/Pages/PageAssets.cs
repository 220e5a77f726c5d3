using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Pages;

/// <summary>The pages' styles, scripts and icon, from the assembly: they do not depend on the working directory.</summary>
internal static class PageAssets
{
    private static readonly Dictionary<string, string> TypeByExtension = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".webp"] = "image/webp",
    };

    public static void Map(WebApplication app)
    {
        foreach (string name in typeof(PageAssets).Assembly.GetManifestResourceNames())
        {
            if (TypeByExtension.TryGetValue(Path.GetExtension(name), out string? type))
            {
                app.MapGet($"/{name}", (HttpResponse response) => Serve(response, name, type));
            }
        }
    }

    private static FileStreamHttpResult Serve(HttpResponse response, string name, string type)
    {
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(typeof(PageAssets).Assembly.GetManifestResourceStream(name)!, type);
    }
}
