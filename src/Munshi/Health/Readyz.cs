using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.Manifest;
using Npgsql;

namespace Munshi.Health;

/// <summary><c>GET /readyz</c>: whether webhooks can be kept. A closed gate and the ledger's lag are told, not failed.</summary>
internal static class Readyz
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/readyz", HandleAsync);

    internal static async Task<Results<Ok<Readiness>, JsonHttpResult<Readiness>>> HandleAsync(
        Databases databases, DatabaseGate gate, CancellationToken cancellationToken)
    {
        Readiness readiness = await AskAsync(databases, gate, cancellationToken);
        return readiness.Ready ? TypedResults.Ok(readiness) : TypedResults.Json(readiness, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Readiness> AskAsync(Databases databases, DatabaseGate gate, CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        double? lag = null;
        try
        {
            await SchemaVersion.RequireCurrentAsync(databases, cancellationToken);
            lag = await LedgerLag.SecondsAsync(databases, cancellationToken);
        }
        catch (RefusalException refusal)
        {
            reasons.Add(refusal.Message);
        }
        catch (NpgsqlException)
        {
            reasons.Add("The database cannot be reached.");
        }

        string[] differences = [.. gate.Differences.Where(difference => difference.Weakens).Select(difference => difference.ToString())];
        return new Readiness(reasons.Count == 0, reasons, gate.IsOpen ? "open" : "intake-only", differences, lag);
    }
}

/// <param name="Ready">Whether deliveries can be made durable.</param>
/// <param name="Reasons">Why not.</param>
/// <param name="Gate"><c>open</c> or <c>intake-only</c>.</param>
/// <param name="Differences">What closed the gate.</param>
/// <param name="LedgerLagSeconds">Age of the oldest event not yet chained; null when it could not be asked.</param>
internal sealed record Readiness(bool Ready, IReadOnlyList<string> Reasons, string Gate, IReadOnlyList<string> Differences, double? LedgerLagSeconds);
