using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Access.Pages;
using Munshi.Setup.Pages;
using Munshi.Web;
using Munshi.Workspaces;

namespace Munshi.Setup;

/// <summary><c>GET /setup/link/{token}</c> shows the button and uses nothing up; <c>POST</c> consumes the link and leads to the first owner.</summary>
internal static class PressSetupLink
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup/link/{token}", ShowAsync).WithName($"{nameof(PressSetupLink)}.{nameof(ShowAsync)}").ForVisitors();
        routes.MapPost("/setup/link/{token}", HandleAsync).WithName(nameof(PressSetupLink)).ForVisitors()
            .AddEndpointFilter<FormTokenFilter>().DisableAntiforgery();
    }

    internal static async Task<IResult> ShowAsync(
        string token, HttpContext context, SetupLinks links, PageContextSource pages, WorkspaceRegistry workspaces, CancellationToken cancellationToken) =>
        await links.IsUsableAsync(token, cancellationToken)
            ? new RazorComponentResult<SetupLinkPage>(new Dictionary<string, object?>
            {
                [nameof(SetupLinkPage.Page)] = pages.Create(context, viewer: null),
                [nameof(SetupLinkPage.Token)] = token,
            })
            : await UnusableAsync(context, pages, workspaces, cancellationToken);

    internal static async Task<IResult> HandleAsync(
        string token, HttpContext context, SetupLinks links, PageContextSource pages, WorkspaceRegistry workspaces, CancellationToken cancellationToken)
    {
        if (await links.PressAsync(token, cancellationToken) is not { } claim)
        {
            return await UnusableAsync(context, pages, workspaces, cancellationToken);
        }

        ClaimCookie.Write(context, claim);
        return TypedResults.LocalRedirect(SetupUrls.Start);
    }

    /// <summary>410: used, too old, never issued, or there is a workspace already; what to do then.</summary>
    internal static async Task<IResult> UnusableAsync(
        HttpContext context, PageContextSource pages, WorkspaceRegistry workspaces, CancellationToken cancellationToken) =>
        new RazorComponentResult<SignInNeededPage>(new Dictionary<string, object?>
        {
            [nameof(SignInNeededPage.Page)] = pages.Create(context, viewer: null),
            [nameof(SignInNeededPage.IsFirstRun)] = (await workspaces.ListAsync(cancellationToken)).Count == 0,
        })
        {
            StatusCode = StatusCodes.Status410Gone,
        };
}
