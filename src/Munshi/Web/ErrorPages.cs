using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Database.Manifest;
using Munshi.Web.Layout;

namespace Munshi.Web;

/// <summary>Gives a browser a plain page for an error without a body, and a program problem details.</summary>
internal static class ErrorPages
{
    /// <summary>Tells a script of ours the reference, which a person then reads.</summary>
    public const string ReferenceHeader = "Munshi-Reference";

    private static readonly PathString[] ForPrograms = ["/api", "/webhooks", "/events", "/healthz", "/readyz", "/csp-report"];

    public static Task WriteExceptionAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status500InternalServerError);

    public static Task WriteStatusAsync(StatusCodeContext context) =>
        WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode);

    /// <summary>What a person tells the operator, and what the logs carry.</summary>
    private static string ReferenceOf(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static async Task WriteAsync(HttpContext context, int status)
    {
        context.Response.Headers[ReferenceHeader] = ReferenceOf(context);
        if (IsForProgram(context.Request))
        {
            await TypedResults.Problem(
                statusCode: status,
                extensions: new Dictionary<string, object?> { ["traceId"] = ReferenceOf(context) }).ExecuteAsync(context);
            return;
        }

        PageContextSource pages = context.RequestServices.GetRequiredService<PageContextSource>();
        Dictionary<string, object?> parameters = new()
        {
            [nameof(ErrorPage.Page)] = await SignedInPageAsync(context, status) ?? pages.Create(context, null),
            [nameof(ErrorPage.Status)] = status,
            [nameof(ErrorPage.Reference)] = ReferenceOf(context),
        };
        await new RazorComponentResult<ErrorPage>(parameters) { StatusCode = status }.ExecuteAsync(context);
    }

    /// <summary>What is merely not there, or not for this person, stands inside the frame; where something is broken, nothing more is asked of the database.</summary>
    private static async Task<PageContext?> SignedInPageAsync(HttpContext context, int status)
    {
        if (status is not (StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound)
            || context.RequestServices.GetService<DatabaseGate>() is not { IsOpen: true }
            || context.RequestServices.GetService<DashboardPages>() is not { } dashboard)
        {
            return null;
        }

        SignedIn? person = context.Features.Get<SignedIn>()
            ?? await context.RequestServices.GetRequiredService<Sessions>().FindAsync(SessionCookie.Read(context.Request), context.RequestAborted);
        return person is null ? null : await dashboard.CreateAsync(context, person, context.RequestAborted);
    }

    private static bool IsForProgram(HttpRequest request) =>
        ForPrograms.Any(path => request.Path.StartsWithSegments(path))
        || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
