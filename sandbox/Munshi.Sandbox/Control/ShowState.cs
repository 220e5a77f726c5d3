using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Control;

/// <summary>
/// <c>GET /control/state</c>; <c>?idle=10</c> answers once nothing is queued, at the latest after 10 s;
/// <c>?changedAfter=VERSION&amp;wait=10</c> once something was counted after that version.
/// </summary>
internal static class ShowState
{
    private const int MaxIdleSeconds = 300;
    private const int MaxWaitSeconds = 60;

    public static void Map(RouteGroupBuilder group) => group.MapGet("/state", HandleAsync);

    private static async Task<Results<Ok<SandboxState>, ProblemHttpResult>> HandleAsync(
        string? idle, string? changedAfter, string? wait, Tally tally, BusinessNumbers numbers, CancellationToken cancellationToken)
    {
        if (Seconds(nameof(idle), idle, MaxIdleSeconds, out TimeSpan idleFor) is { } wrongIdle)
        {
            return wrongIdle;
        }

        if (Seconds(nameof(wait), wait, MaxWaitSeconds, out TimeSpan waitFor) is { } wrongWait)
        {
            return wrongWait;
        }

        long version = 0;
        if (changedAfter is not null && !long.TryParse(changedAfter, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            return TypedResults.Problem("changedAfter must be a version.", statusCode: StatusCodes.Status400BadRequest);
        }

        await tally.UntilIdleAsync(idleFor, cancellationToken);
        if (changedAfter is not null)
        {
            await tally.UntilChangedAsync(version, waitFor, cancellationToken);
        }

        return TypedResults.Ok(tally.Show(numbers.All));
    }

    private static ProblemHttpResult? Seconds(string name, string? text, int max, out TimeSpan time)
    {
        int seconds = 0;
        bool wrong = text is not null && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds > max);
        time = TimeSpan.FromSeconds(seconds);
        return wrong
            ? TypedResults.Problem($"{name} must be a whole number of seconds from 0 to {max}.", statusCode: StatusCodes.Status400BadRequest)
            : null;
    }
}
