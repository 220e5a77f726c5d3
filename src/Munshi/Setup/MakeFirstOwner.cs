using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Setup.Pages;
using Munshi.Web;
using Munshi.Workspaces;

namespace Munshi.Setup;

/// <summary><c>POST /setup/owner</c>: makes the first owner and their workspace, and signs them in.</summary>
internal static class MakeFirstOwner
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(SetupUrls.Owner, HandleAsync)
        .WithName(nameof(MakeFirstOwner))
        .ForVisitors()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, FirstOwner firstOwner, PageContextSource pages, WorkspaceRegistry workspaces, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string name = form["name"].ToString().Trim();
        string business = form["business"].ToString().Trim();
        switch (await firstOwner.MakeAsync(ClaimCookie.Read(context.Request), name, business, cancellationToken))
        {
            case FirstOwnerOutcome.Made made:
                ClaimCookie.Delete(context);
                SessionCookie.Write(context, made.Session);
                return TypedResults.LocalRedirect(SetupUrls.Start);
            case FirstOwnerOutcome.BadName:
                return new RazorComponentResult<FirstOwnerPage>(new Dictionary<string, object?>
                {
                    [nameof(FirstOwnerPage.Page)] = pages.Create(context, viewer: null),
                    [nameof(FirstOwnerPage.Name)] = name,
                    [nameof(FirstOwnerPage.Business)] = business,
                    [nameof(FirstOwnerPage.HasProblem)] = true,
                })
                {
                    StatusCode = StatusCodes.Status422UnprocessableEntity,
                };
            default:
                return await PressSetupLink.UnusableAsync(context, pages, workspaces, cancellationToken);
        }
    }
}
