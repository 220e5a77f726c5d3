using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.Pages;
using Munshi.Database.Manifest;
using Munshi.Web;

namespace Munshi.Access;

/// <summary>Lets a request in: not while the database's gate is closed, and to a member's page only with a session.</summary>
internal sealed class Doorkeeper(RequestDelegate next, DatabaseGate gate, Sessions sessions)
{
    private const string SignInPath = "/sign-in";
    private const string RetryAfterSeconds = "30";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Entrance>() is not { } entrance)
        {
            await next(context);
        }
        else if (!gate.IsOpen)
        {
            await RefuseAsync(context);
        }
        else if (!entrance.NeedsSession)
        {
            await next(context);
        }
        else if (await sessions.FindAsync(SessionCookie.Read(context.Request), context.RequestAborted) is { } person)
        {
            context.Features.Set(person);
            await next(context);
        }
        else
        {
            context.Response.Redirect(SignInPath);
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        PageContext page = context.RequestServices.GetRequiredService<PageContextSource>().Create(context, viewer: null);
        return new RazorComponentResult<IntakeOnlyPage>(new Dictionary<string, object?> { [nameof(IntakeOnlyPage.Page)] = page })
        {
            StatusCode = StatusCodes.Status503ServiceUnavailable,
        }.ExecuteAsync(context);
    }
}
