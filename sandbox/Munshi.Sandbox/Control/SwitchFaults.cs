using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Control;

/// <summary><c>GET</c>, <c>PUT</c> and <c>DELETE /control/faults</c>: absent flags stay as they are; DELETE puts all off.</summary>
internal static class SwitchFaults
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/faults", (Faults faults) => TypedResults.Ok(faults.Show()));
        group.MapPut("/faults", HandleAsync);
        group.MapDelete("/faults", Clear);
    }

    private static async Task<Results<Ok<IReadOnlyDictionary<string, object>>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Faults faults, Tally tally, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument flags = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            if (faults.Change(flags.RootElement) is { } problem)
            {
                return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
            }

            tally.FaultsChanged();
            return TypedResults.Ok(faults.Show());
        }
        catch (JsonException)
        {
            return TypedResults.Problem("The body is not JSON.", statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static Ok<IReadOnlyDictionary<string, object>> Clear(Faults faults, Tally tally)
    {
        faults.Clear();
        tally.FaultsChanged();
        return TypedResults.Ok(faults.Show());
    }
}
