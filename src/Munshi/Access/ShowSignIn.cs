using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.Pages;
using Munshi.Web;
using Munshi.Workspaces;

namespace Munshi.Access;

/// <summary><c>GET /sign-in</c> tells how to get a link; <c>GET /sign-in/{token}</c> shows the button, and uses nothing up.</summary>
internal static class ShowSignIn
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", HowTo).WithName($"{nameof(ShowSignIn)}.{nameof(HowTo)}").ForVisitors();
        routes.MapGet("/sign-in/{token}", HandleAsync).WithName(nameof(ShowSignIn)).ForVisitors();
    }

    internal static async Task<RazorComponentResult<SignInNeededPage>> HowTo(
        HttpContext context, PageContextSource pages, WorkspaceRegistry workspaces, SignInCommand command, CancellationToken cancellationToken) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SignInNeededPage.Page)] = pages.Create(context, viewer: null),
            [nameof(SignInNeededPage.IsFirstRun)] = (await workspaces.ListAsync(cancellationToken)).Count == 0,
            [nameof(SignInNeededPage.Command)] = await command.OfAsync(context, cancellationToken),
        });

    internal static async Task<IResult> HandleAsync(
        string token, HttpContext context, SignInLinks links, Sessions sessions, PageContextSource pages, SignInCommand command, CancellationToken cancellationToken) =>
        await links.IsUsableAsync(token, cancellationToken)
            ? new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
            {
                [nameof(SignInPage.Page)] = pages.Create(context, viewer: null),
                [nameof(SignInPage.Token)] = token,
            })
            : await UnusableAsync(context, sessions, pages, command, cancellationToken);

    /// <summary>410: used, too old, or never issued; which of them is not told.</summary>
    internal static async Task<RazorComponentResult<SignInExpiredPage>> UnusableAsync(
        HttpContext context, Sessions sessions, PageContextSource pages, SignInCommand command, CancellationToken cancellationToken) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SignInExpiredPage.Page)] = pages.Create(context, viewer: null),
            [nameof(SignInExpiredPage.IsSignedIn)] = await sessions.FindAsync(SessionCookie.Read(context.Request), cancellationToken) is not null,
            [nameof(SignInExpiredPage.Command)] = await command.OfAsync(context, cancellationToken),
        })
        {
            StatusCode = StatusCodes.Status410Gone,
        };
}
