using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Phone;

/// <summary><c>GET /phones?changedAfter=VERSION&amp;wait=SECONDS</c>: answers once something changed on any phone; one call serves a whole page.</summary>
internal static class WaitForPhones
{
    private const int MaxWaitSeconds = 60;

    public static void Map(WebApplication app) => app.MapGet("/phones", HandleAsync);

    private static async Task<Results<Ok<PhonesVersion>, ProblemHttpResult>> HandleAsync(
        string? changedAfter, string? wait, Phones phones, CancellationToken cancellationToken)
    {
        int seconds = 0;
        long version = 0;
        if ((changedAfter is not null && !long.TryParse(changedAfter, NumberStyles.None, CultureInfo.InvariantCulture, out version))
            || (wait is not null && (!int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds > MaxWaitSeconds)))
        {
            return TypedResults.Problem(
                $"changedAfter must be a version, wait a whole number of seconds from 0 to {MaxWaitSeconds}.", statusCode: StatusCodes.Status400BadRequest);
        }

        await phones.UntilChangedAsync(version, TimeSpan.FromSeconds(seconds), cancellationToken);
        return TypedResults.Ok(new PhonesVersion(phones.Version));
    }

    internal sealed record PhonesVersion(long Version);
}
