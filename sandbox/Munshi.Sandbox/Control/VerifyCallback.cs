using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Control;

/// <summary><c>POST /control/verify</c>: Meta's handshake with the callback, and what came of it.</summary>
internal static class VerifyCallback
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/verify", HandleAsync);

    private static async Task<Results<Ok<Verification>, ProblemHttpResult>> HandleAsync(
        string? number, BusinessNumbers numbers, CallbackClient callbacks, CancellationToken cancellationToken)
    {
        BusinessNumber? chosen = number is null ? numbers.Current : numbers.Find(number);
        if (chosen is null)
        {
            return TypedResults.Problem(ControlCapability.NoSuchNumber, statusCode: StatusCodes.Status409Conflict);
        }

        string challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        CallbackAnswer answer = await callbacks.VerifyAsync(chosen, challenge, cancellationToken);
        return TypedResults.Ok(answer switch
        {
            CallbackAnswer.Unreachable unreachable => new Verification(false, null, unreachable.Reason),
            CallbackAnswer.Answered { Status: not 200 } refused => new Verification(false, refused.Status, "The callback did not answer 200."),
            CallbackAnswer.Answered answered when answered.Body != challenge =>
                new Verification(false, answered.Status, "The callback answered 200, but its body is not the challenge."),
            _ => new Verification(true, StatusCodes.Status200OK, "The callback returned the challenge."),
        });
    }

    /// <param name="Status">The callback's HTTP status; null when it could not be reached.</param>
    internal sealed record Verification(bool Verified, int? Status, string Reason);
}
