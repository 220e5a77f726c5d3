using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Munshi.Api;

/// <summary>Why a call has no answer, as problem details (RFC 9457). The member <c>reason</c> is for programs and does not change; the detail is for people.</summary>
internal static class ApiProblem
{
    /// <summary>In seconds: a row is signed with the next tick.</summary>
    private const int SignedAfter = 2;

    /// <summary>In seconds: the database is looked at again that often.</summary>
    private const int OpenAfter = 30;

    public static ProblemHttpResult BadInput(string name, string allowed) =>
        Make(StatusCodes.Status400BadRequest, "bad-input", $"{name} must be {allowed}.");

    /// <summary>RFC 6750, section 3: the challenge names an error only where a key was sent.</summary>
    public static ProblemHttpResult NoKey(HttpContext context, bool wasSent)
    {
        context.Response.Headers.WWWAuthenticate = wasSent ? "Bearer realm=\"munshi\", error=\"invalid_token\"" : "Bearer realm=\"munshi\"";
        return wasSent
            ? Make(StatusCodes.Status401Unauthorized, "key-not-valid", "This API key is unknown or revoked.")
            : Make(StatusCodes.Status401Unauthorized, "key-missing", "Send an API key of the workspace: Authorization: Bearer, and the key.");
    }

    /// <summary>Whether what it would send to is there is not told.</summary>
    public static ProblemHttpResult MayOnlyRead() =>
        Make(StatusCodes.Status403Forbidden, "key-only-reads", "This API key may only read. Owners make one that may send under Settings, API keys.");

    /// <summary>Not there, or another workspace's: which of them is not told.</summary>
    public static ProblemHttpResult NotThere(string what) => Make(StatusCodes.Status404NotFound, "not-there", $"This workspace has no such {what}.");

    /// <summary>An Idempotency-Key sends once; with other content it sends nothing.</summary>
    public static ProblemHttpResult KeyTaken() => Make(
        StatusCodes.Status409Conflict, "key-taken", "This Idempotency-Key has sent something else: other words, or to another conversation. Nothing was sent now.");

    public static ProblemHttpResult NotSendable(string reason, string detail) => Make(StatusCodes.Status422UnprocessableEntity, reason, detail);

    public static ProblemHttpResult NotSigned(HttpContext context, string detail) =>
        Make(StatusCodes.Status409Conflict, "not-signed-yet", detail, context, SignedAfter);

    public static ProblemHttpResult TooMany(HttpContext context, TimeSpan wait, string reason, string detail) =>
        Make(StatusCodes.Status429TooManyRequests, reason, detail, context, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));

    public static ProblemHttpResult Closed(HttpContext context) => Make(
        StatusCodes.Status503ServiceUnavailable, "intake-only", "The database differs from what it should be, or witnesses are still being asked after a start: until then nothing is read. /readyz tells more.", context, OpenAfter);

    public static ProblemHttpResult Damaged() => Make(
        StatusCodes.Status500InternalServerError, "ledger-damaged", "A part of the ledger that the proof needs is missing. Verification names it.");

    private static ProblemHttpResult Make(int status, string reason, string detail, HttpContext? context = null, int retryAfter = 0)
    {
        context?.Response.Headers.Append(HeaderNames.RetryAfter, retryAfter.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["reason"] = reason });
    }
}
