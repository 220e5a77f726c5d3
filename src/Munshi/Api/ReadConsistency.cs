using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.ApiKeys;
using Munshi.Audit.Proving;

namespace Munshi.Api;

/// <summary><c>GET /api/v1/ledger/consistency?from=&amp;to=</c>: that the log only grew between two checkpoints.</summary>
internal static class ReadConsistency
{
    private const string Size = "the size of a checkpoint, a whole number from 1 to 9223372036854775807";

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/ledger/consistency", HandleAsync)
        .WithName(nameof(ReadConsistency))
        .WithSummary("That the workspace's log only grew between two of its checkpoints")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    internal static async Task<Results<Ok<ConsistencyAnswer>, ProblemHttpResult>> HandleAsync(
        string? from, string? to, HttpContext context, ProofReader proofs, CancellationToken cancellationToken)
    {
        if (ApiNumber.Read(from, 1, long.MaxValue) is not { } older)
        {
            return ApiProblem.BadInput("from", Size);
        }

        if (ApiNumber.Read(to, older, long.MaxValue) is not { } newer)
        {
            return ApiProblem.BadInput("to", $"{Size}, and not below from");
        }

        try
        {
            return await proofs.ContinueAsync(ApiCaller.Of(context).ClientId, older, newer, cancellationToken) is { } proof
                ? TypedResults.Ok(ConsistencyAnswer.Of(older, newer, proof))
                : ApiProblem.NotThere("checkpoint: both sizes must be those of checkpoints that were signed");
        }
        catch (InvalidDataException)
        {
            return ApiProblem.Damaged();
        }
    }
}
