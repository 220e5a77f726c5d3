using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault.Views;

/// <summary><c>POST /inbox/views?view=&amp;state=&amp;label=</c> saves what the inbox lists under a name, <c>POST /inbox/views/{id}/removal</c> removes one.</summary>
internal static class KeepView
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Guarded(routes.MapPost("/inbox/views", SaveAsync)).WithName(nameof(KeepView));
        Guarded(routes.MapPost("/inbox/views/{id:guid}/removal", RemoveAsync)).WithName($"{nameof(KeepView)}.Remove");
    }

    internal static async Task<IResult> SaveAsync(
        HttpContext context, SignedIn person, SavedViews views, InboxReader inbox, DashboardPages pages, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        InboxFilter filter = InboxUrls.FilterOf(context.Request.Query);
        string name = form["name"].ToString().Trim();
        if (!Guid.TryParse(form["id"], out Guid id))
        {
            return TypedResults.BadRequest();
        }

        if (name.Length is 0 or > SavedViews.MaxNameLength)
        {
            return await RefuseAsync("Views.BadName");
        }

        return await views.SaveAsync(person.ClientId, new SavedView(id, name, filter), person.PersonId, cancellationToken) switch
        {
            SaveOutcome.Done => TypedResults.LocalRedirect(InboxUrls.List(filter)),
            SaveOutcome.NameTaken => await RefuseAsync("Views.NameTaken"),
            SaveOutcome.TooMany => await RefuseAsync("Views.TooMany"),
            SaveOutcome.LabelUnknown => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };

        async Task<IResult> RefuseAsync(string problem) => await inbox.ReadAsync(person, filter, before: null, cancellationToken) is { } list
            ? new RazorComponentResult<InboxPage>(new Dictionary<string, object?>
            {
                [nameof(InboxPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
                [nameof(InboxPage.View)] = list with { ViewProblem = problem, ViewName = name },
            })
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            }
            : TypedResults.NotFound();
    }

    internal static async Task<IResult> RemoveAsync(Guid id, HttpContext context, SignedIn person, SavedViews views, CancellationToken cancellationToken) =>
        await views.RemoveAsync(person.ClientId, id, person.PersonId, cancellationToken)
            ? TypedResults.LocalRedirect(InboxUrls.List(InboxUrls.FilterOf(context.Request.Query)))
            : TypedResults.NotFound();

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();
}
