using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Witness;

/// <summary><c>GET /{hex(SHA-256(origin))}/checkpoint</c>: the last one cosigned, for whoever compares.</summary>
internal static class ShowCosigned
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/{name}/checkpoint", Handle);

    internal static Results<Utf8ContentHttpResult, NotFound> Handle(string name, HttpResponse response, CheckpointWitness witness)
    {
        response.Headers.CacheControl = "no-cache";
        return witness.Find(name) is { } note
            ? TypedResults.Text(note, "text/plain; charset=utf-8", StatusCodes.Status200OK)
            : TypedResults.NotFound();
    }
}
