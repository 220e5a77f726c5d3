using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.ApiKeys;
using Munshi.Audit.Pages;
using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Api;

/// <summary><c>GET /api/v1/ledger/log</c>: how far the log is signed.</summary>
internal static class ReadLog
{
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/ledger/log", HandleAsync)
        .WithName(nameof(ReadLog))
        .WithSummary("How far the workspace's log is signed: its name, the newest checkpoint and the keys to check it with")
        .ProducesProblem(StatusCodes.Status409Conflict);

    internal static async Task<Results<Ok<LogAnswer>, ProblemHttpResult>> HandleAsync(HttpContext context, LedgerHistory history, CancellationToken cancellationToken)
    {
        CheckpointsView signed = await history.CheckpointsAsync(ApiCaller.Of(context).ClientId, cancellationToken);
        if (signed is not { OfLog: [{ } newest, ..], Note: { } note })
        {
            return ApiProblem.NotSigned(context, "Nothing of this log is signed yet.");
        }

        return SignedNote.Parse(Encoding.UTF8.GetBytes(note)) is SignedNoteParse.Parsed { Note: { } read } && Checkpoint.Parse(read.Text.Span) is CheckpointParse.Parsed { Checkpoint: { } checkpoint }
            ? TypedResults.Ok(new LogAnswer(
                checkpoint.Origin, newest.Size, newest.Root, note, newest.At is { } at ? LedgerTime.Format(at) : null, signed.LogKey, signed.InstanceKey))
            : ApiProblem.Damaged();
    }
}
