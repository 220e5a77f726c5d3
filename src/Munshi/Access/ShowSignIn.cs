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
        HttpContext context, PageContextSource pages, WorkspaceRegistry workspaces, CancellationToken cancellationToken) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SignInNeededPage.Page)] = pages.Create(context, viewer: null),
            [nameof(SignInNeededPage.IsFirstRun)] = (await workspaces.ListAsync(cancellationToken)).Count == 0,
        });

    internal static async Task<IResult> HandleAsync(
        string token, HttpContext context, SignInLinks links, PageContextSource pages, CancellationToken cancellationToken) =>
        await links.IsUsableAsync(token, cancellationToken)
            ? new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
            {
                [nameof(SignInPage.Page)] = pages.Create(context, viewer: null),
                [nameof(SignInPage.Token)] = token,
            })
            : Unusable(context, pages);

    /// <summary>410: used, too old, or never issued; which of them is not told.</summary>
    internal static RazorComponentResult<SignInExpiredPage> Unusable(HttpContext context, PageContextSource pages) =>
        new(new Dictionary<string, object?> { [nameof(SignInExpiredPage.Page)] = pages.Create(context, viewer: null) })
        {
            StatusCode = StatusCodes.Status410Gone,
        };
}
