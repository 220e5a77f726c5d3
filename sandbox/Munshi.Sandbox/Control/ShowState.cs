using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Control;

/// <summary><c>GET /control/state</c>; <c>?idle=10</c> answers once nothing is queued, at the latest after 10 s.</summary>
internal static class ShowState
{
    private const int MaxIdleSeconds = 300;

    public static void Map(RouteGroupBuilder group) => group.MapGet("/state", HandleAsync);

    private static async Task<Results<Ok<SandboxState>, ProblemHttpResult>> HandleAsync(
        string? idle, Tally tally, BusinessNumbers numbers, CancellationToken cancellationToken)
    {
        int seconds = 0;
        if (idle is not null && (!int.TryParse(idle, out seconds) || seconds is < 0 or > MaxIdleSeconds))
        {
            return TypedResults.Problem($"idle must be a whole number of seconds from 0 to {MaxIdleSeconds}.", statusCode: StatusCodes.Status400BadRequest);
        }

        await tally.UntilIdleAsync(TimeSpan.FromSeconds(seconds), cancellationToken);
        return TypedResults.Ok(tally.Show(numbers.All));
    }
}
