using Munshi.Audit.Witnesses;
using Munshi.Database;
using Munshi.Ledger.Tiles;

namespace Munshi.Audit.Proving;

/// <summary><c>GET /ledger/checkpoint</c> and <c>GET /ledger/tile/…</c>: the instance log for anyone, C2SP tlog-tiles; the newest checkpoint that the quorum of witnesses cosigned, or the newest where none is. It tells nothing of any workspace.</summary>
internal static class ServeInstanceLog
{
    private const string ForASecond = "public, max-age=1";
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger/checkpoint", CheckpointAsync).WithName("InstanceCheckpoint");
        routes.MapGet("/ledger/tile/{**path}", TileAsync).WithName("InstanceTile");
    }

    internal static async Task<IResult> CheckpointAsync(HttpContext context, Databases databases, WitnessPolicy policy, CancellationToken cancellationToken)
    {
        if (await PublishedCheckpoint.ReadAsync(databases.Reader, policy, cancellationToken) is not { } published)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = ForASecond;
        return TypedResults.Bytes(published.Note.Encode(), "text/plain; charset=utf-8");
    }

    internal static async Task<IResult> TileAsync(string? path, HttpContext context, TileReader tiles, CancellationToken cancellationToken)
    {
        if (TilePath.Parse($"tile/{path}") is not { } tile || await tiles.ReadAsync(tile, cancellationToken) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = ForEver;
        return TypedResults.Bytes(bytes, "application/octet-stream");
    }
}
