using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Phone;

/// <summary>The page's style, script and icon, from the assembly: they do not depend on the working directory.</summary>
internal static class PhoneAssets
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/phone.css", (HttpResponse response) => Serve(response, "phone.css", "text/css; charset=utf-8"));
        app.MapGet("/phone.js", (HttpResponse response) => Serve(response, "phone.js", "text/javascript; charset=utf-8"));
        app.MapGet("/phone.svg", (HttpResponse response) => Serve(response, "phone.svg", "image/svg+xml"));
    }

    private static FileStreamHttpResult Serve(HttpResponse response, string name, string type)
    {
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(typeof(PhoneAssets).Assembly.GetManifestResourceStream(name)!, type);
    }
}
