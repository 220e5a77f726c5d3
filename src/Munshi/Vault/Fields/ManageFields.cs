using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Vault.Fields;

/// <summary><c>GET</c> and <c>POST /settings/fields</c>, <c>POST /settings/fields/{id}</c> and <c>POST /settings/fields/{id}/retirement</c>: the workspace's own list.</summary>
internal static class ManageFields
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(FieldUrls.Settings, ShowAsync).WithName($"{nameof(ManageFields)}.Show").ForOwners();
        Guarded(routes.MapPost(FieldUrls.Settings, MakeAsync)).WithName($"{nameof(ManageFields)}.Make");
        Guarded(routes.MapPost($"{FieldUrls.Settings}/{{id:guid}}", RenameAsync)).WithName($"{nameof(ManageFields)}.Rename");
        Guarded(routes.MapPost($"{FieldUrls.Settings}/{{id:guid}}/retirement", RetireAsync)).WithName($"{nameof(ManageFields)}.Retire");
    }

    internal static Task<IResult> ShowAsync(HttpContext context, SignedIn person, string? done, FieldsScreen screen, CancellationToken cancellationToken) =>
        screen.ShowAsync(context, person, view => view with
        {
            Done = done switch
            {
                "made" => "Fields.Made",
                "renamed" => "Fields.Renamed",
                "retired" => "Fields.Retired",
                _ => null,
            },
        }, cancellationToken);

    internal static async Task<IResult> MakeAsync(
        HttpContext context, SignedIn person, FieldBook fields, FieldsScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        return Guid.TryParse(form["id"], out Guid id)
            ? await WriteAsync(context, person, Read(id, form), fields.MakeAsync, screen, "made", cancellationToken)
            : TypedResults.BadRequest();
    }

    internal static async Task<IResult> RenameAsync(
        Guid id, HttpContext context, SignedIn person, FieldBook fields, FieldsScreen screen, CancellationToken cancellationToken) =>
        await WriteAsync(
            context, person, Read(id, await context.Request.ReadFormAsync(cancellationToken)), fields.RenameAsync, screen, "renamed", cancellationToken);

    internal static async Task<IResult> RetireAsync(Guid id, SignedIn person, FieldBook fields, CancellationToken cancellationToken) =>
        await fields.RetireAsync(person.ClientId, id, person.PersonId, cancellationToken) is FieldOutcome.Done
            ? TypedResults.LocalRedirect($"{FieldUrls.Settings}?done=retired")
            : TypedResults.NotFound();

    private static async Task<IResult> WriteAsync(
        HttpContext context,
        SignedIn person,
        Field field,
        Func<Guid, Field, Guid, CancellationToken, Task<FieldOutcome>> write,
        FieldsScreen screen,
        string done,
        CancellationToken cancellationToken)
    {
        if (field.Name.Length is 0 or > FieldBook.MaxNameLength)
        {
            return await RefuseAsync("Fields.BadName");
        }

        return await write(person.ClientId, field, person.PersonId, cancellationToken) switch
        {
            FieldOutcome.Done => TypedResults.LocalRedirect($"{FieldUrls.Settings}?done={done}"),
            FieldOutcome.NameTaken => await RefuseAsync("Fields.NameTaken"),
            FieldOutcome.TooMany => await RefuseAsync("Fields.TooMany"),
            FieldOutcome.Unknown => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };

        Task<IResult> RefuseAsync(string problem) =>
            screen.ShowAsync(context, person, view => view with { Refused = field, Problem = problem }, cancellationToken);
    }

    private static Field Read(Guid id, IFormCollection form) => new(id, form["name"].ToString().Trim());

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();
}
