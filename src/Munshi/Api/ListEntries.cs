using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.ApiKeys;
using Munshi.Audit.Pages;

namespace Munshi.Api;

/// <summary><c>GET /api/v1/ledger/entries?cursor=&amp;limit=</c>: the log, newest first.</summary>
internal static class ListEntries
{
    /// <summary>Entries of a page.</summary>
    public const int MostAtOnce = 500;

    private const int UsualLimit = 50;

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/ledger/entries", HandleAsync)
        .WithName(nameof(ListEntries))
        .WithSummary("The workspace's entries, newest first, a page at a time")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    internal static async Task<Results<Ok<EntryListAnswer>, ProblemHttpResult>> HandleAsync(
        string? cursor, string? limit, HttpContext context, LedgerLog log, CancellationToken cancellationToken)
    {
        if (ApiNumber.Read(limit ?? ApiNumber.Write(UsualLimit), 1, MostAtOnce) is not { } most)
        {
            return ApiProblem.BadInput("limit", $"a whole number from 1 to {MostAtOnce}");
        }

        if (ApiNumber.Read(cursor ?? ApiNumber.Write(long.MaxValue), 0, long.MaxValue) is not { } below)
        {
            return ApiProblem.BadInput("cursor", "a nextCursor of this list, unchanged");
        }

        Guid clientId = ApiCaller.Of(context).ClientId;
        IReadOnlyList<LedgerRow> rows = await log.BelowAsync(clientId, below, (int)most + 1, cancellationToken);
        ListedEntry[] page = [.. rows.Take((int)most).Select(ListedEntry.Of)];
        return TypedResults.Ok(new EntryListAnswer(page, rows.Count > most ? ApiNumber.Write(page[^1].Seq) : null));
    }
}
