using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Vault.Labels;

/// <summary><c>GET</c> and <c>POST /settings/labels</c>, <c>POST /settings/labels/{id}</c> and <c>POST /settings/labels/{id}/retirement</c>: the workspace's own list.</summary>
internal static class ManageLabels
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(LabelUrls.Settings, ShowAsync).WithName($"{nameof(ManageLabels)}.Show").ForOwners();
        Guarded(routes.MapPost(LabelUrls.Settings, MakeAsync)).WithName($"{nameof(ManageLabels)}.Make");
        Guarded(routes.MapPost($"{LabelUrls.Settings}/{{id:guid}}", ChangeAsync)).WithName($"{nameof(ManageLabels)}.Change");
        Guarded(routes.MapPost($"{LabelUrls.Settings}/{{id:guid}}/retirement", RetireAsync)).WithName($"{nameof(ManageLabels)}.Retire");
    }

    internal static Task<IResult> ShowAsync(HttpContext context, SignedIn person, string? done, LabelsScreen screen, CancellationToken cancellationToken) =>
        screen.ShowAsync(context, person, view => view with
        {
            Done = done switch
            {
                "made" => "Labels.Made",
                "changed" => "Labels.Changed",
                "retired" => "Labels.Retired",
                _ => null,
            },
        }, cancellationToken);

    internal static async Task<IResult> MakeAsync(
        HttpContext context, SignedIn person, LabelBook labels, LabelsScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        return Guid.TryParse(form["id"], out Guid id)
            ? await WriteAsync(context, person, Read(id, form), labels.MakeAsync, screen, "made", cancellationToken)
            : TypedResults.BadRequest();
    }

    internal static async Task<IResult> ChangeAsync(
        Guid id, HttpContext context, SignedIn person, LabelBook labels, LabelsScreen screen, CancellationToken cancellationToken) =>
        await WriteAsync(
            context, person, Read(id, await context.Request.ReadFormAsync(cancellationToken)), labels.ChangeAsync, screen, "changed", cancellationToken);

    internal static async Task<IResult> RetireAsync(Guid id, SignedIn person, LabelBook labels, CancellationToken cancellationToken) =>
        await labels.RetireAsync(person.ClientId, id, person.PersonId, cancellationToken) is LabelOutcome.Done
            ? TypedResults.LocalRedirect($"{LabelUrls.Settings}?done=retired")
            : TypedResults.NotFound();

    private static async Task<IResult> WriteAsync(
        HttpContext context,
        SignedIn person,
        Label label,
        Func<Guid, Label, Guid, CancellationToken, Task<LabelOutcome>> write,
        LabelsScreen screen,
        string done,
        CancellationToken cancellationToken)
    {
        if (!LabelColours.All.Contains(label.Colour))
        {
            return TypedResults.BadRequest();
        }

        if (label.Name.Length is 0 or > LabelBook.MaxNameLength)
        {
            return await RefuseAsync("Labels.BadName");
        }

        return await write(person.ClientId, label, person.PersonId, cancellationToken) switch
        {
            LabelOutcome.Done => TypedResults.LocalRedirect($"{LabelUrls.Settings}?done={done}"),
            LabelOutcome.NameTaken => await RefuseAsync("Labels.NameTaken"),
            LabelOutcome.TooMany => await RefuseAsync("Labels.TooMany"),
            LabelOutcome.Unknown => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };

        Task<IResult> RefuseAsync(string problem) =>
            screen.ShowAsync(context, person, view => view with { Refused = label, Problem = problem }, cancellationToken);
    }

    private static Label Read(Guid id, IFormCollection form) => new(id, form["name"].ToString().Trim(), form["colour"].ToString());

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();
}
