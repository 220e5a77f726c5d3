using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Keyring;
using Munshi.Media.Looking;
using Munshi.Notices;
using Munshi.Search.Feeding;
using Npgsql;

namespace Munshi.Health;

/// <summary><c>GET /readyz</c>: whether webhooks can be kept. A closed gate, lost heads and the ledger's lag are told, not failed.</summary>
/// <remarks>Anyone may ask: how the database differs, and what to run or restore, stands in the log only.</remarks>
internal static partial class Readyz
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/readyz", HandleAsync);

    internal static async Task<Results<Ok<Readiness>, JsonHttpResult<Readiness>>> HandleAsync(
        Databases databases,
        DatabaseGate gate,
        KeyCustodian custodian,
        HeadsFile heads,
        LedgerHeads unrecorded,
        CheckpointState signing,
        DataDirectory data,
        MailServer mail,
        MediaTools previews,
        SearchProgress search,
        TimeProvider clock,
        ILogger<Readiness> logger,
        CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        double? lag = await DatabaseAsync(databases, reasons, logger, cancellationToken);
        if (!custodian.HasFresh)
        {
            reasons.Add("No fresh key is ready.");
        }

        if (DiskSpace.IsNearlyFull(data.Root))
        {
            reasons.Add("The disk is nearly full.");
        }

        Readiness readiness = new()
        {
            Ready = reasons.Count == 0,
            Reasons = reasons,
            Gate = gate.IsOpen ? "open" : "intake-only",
            Differences = gate.Differences.Count(difference => difference.Weakens),
            LedgerLagSeconds = lag,
            Mail = mail.IsSetUp ? "set-up" : "not-set-up",
            Signing = signing.Refusal is not null ? "stopped" : signing.Waiting ?? "on",
            Witnesses = WitnessReadiness.Of(signing.Witnesses, clock.GetUtcNow()),
            Previews = previews.State,
            Search = search.State,
            HeadsLost = unrecorded.AfterLoss || heads.BeginsLost,
        };
        return readiness.Ready ? TypedResults.Ok(readiness) : TypedResults.Json(readiness, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Asks as the roles that keep and chain; the ledger's lag where it can be told.</summary>
    private static async Task<double?> DatabaseAsync(Databases databases, List<string> reasons, ILogger<Readiness> logger, CancellationToken cancellationToken)
    {
        try
        {
            await SchemaVersion.RequireCurrentAsync(databases, cancellationToken);
            await databases.Intake.RowsAsync(new Statement("SELECT 1"), reader => reader.GetInt32(0), cancellationToken);
            return await LedgerLag.SecondsAsync(databases, cancellationToken);
        }
        catch (RefusalException refusal)
        {
            Log.SchemaRefused(logger, refusal.Message);
            reasons.Add("The database is not as this version needs it; the log says what to do.");
        }
        catch (NpgsqlException)
        {
            reasons.Add("The database cannot be reached.");
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(15000, LogLevel.Error, "Not ready: {Reason}")]
        public static partial void SchemaRefused(ILogger logger, string reason);
    }
}
