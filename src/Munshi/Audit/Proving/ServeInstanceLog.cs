using Munshi.Database;
using Munshi.Ledger.Tiles;

namespace Munshi.Audit.Proving;

/// <summary><c>GET /ledger/checkpoint</c> and <c>GET /ledger/tile/…</c>: the instance log for anyone, C2SP tlog-tiles. It tells nothing of any workspace.</summary>
internal static class ServeInstanceLog
{
    private const string ReadNote = "SELECT note FROM ledger.instance_checkpoint ORDER BY size DESC LIMIT 1";
    private const string ForASecond = "public, max-age=1";
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger/checkpoint", CheckpointAsync).WithName("InstanceCheckpoint");
        routes.MapGet("/ledger/tile/{**path}", TileAsync).WithName("InstanceTile");
    }

    internal static async Task<IResult> CheckpointAsync(HttpContext context, Databases databases, CancellationToken cancellationToken)
    {
        string? note = await databases.Reader.RowAsync(new Statement(ReadNote), reader => reader.GetString(0), cancellationToken);
        if (note is null)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = ForASecond;
        return TypedResults.Text(note, "text/plain; charset=utf-8");
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
