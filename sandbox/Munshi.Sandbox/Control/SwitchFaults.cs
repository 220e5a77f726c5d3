using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Control;

/// <summary><c>GET</c> and <c>PUT /control/faults</c>: absent flags stay as they are.</summary>
internal static class SwitchFaults
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/faults", (Faults faults) => TypedResults.Ok(faults.Show()));
        group.MapPut("/faults", HandleAsync);
    }

    private static async Task<Results<Ok<IReadOnlyDictionary<string, object>>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Faults faults, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument flags = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            return faults.Change(flags.RootElement) is { } problem
                ? TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest)
                : TypedResults.Ok(faults.Show());
        }
        catch (JsonException)
        {
            return TypedResults.Problem("The body is not JSON.", statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
