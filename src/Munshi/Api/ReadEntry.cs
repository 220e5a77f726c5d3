using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.ApiKeys;
using Munshi.Audit.Pages;

namespace Munshi.Api;

/// <summary><c>GET /api/v1/ledger/entries/{seq}</c>: one entry, with the bytes that its leaf hash is of.</summary>
internal static class ReadEntry
{
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/ledger/entries/{seq}", HandleAsync)
        .WithName(nameof(ReadEntry))
        .WithSummary("One entry, with what its leaf hash is computed from")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    internal static async Task<Results<Ok<EntryAnswer>, ProblemHttpResult>> HandleAsync(
        string seq, HttpContext context, LedgerEntries entries, CancellationToken cancellationToken) =>
        ApiNumber.Read(seq, 0, long.MaxValue) is not { } number ? ApiProblem.BadInput("seq", ApiNumber.Entry)
            : await entries.FindAsync(ApiCaller.Of(context).ClientId, number, cancellationToken) is { } entry ? TypedResults.Ok(EntryAnswer.Of(entry))
            : ApiProblem.NotThere("entry");
}
