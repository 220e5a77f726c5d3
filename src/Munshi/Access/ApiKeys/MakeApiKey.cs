using System.Diagnostics;
using Munshi.Web;

namespace Munshi.Access.ApiKeys;

/// <summary><c>POST /settings/api-keys</c>: a new key, whose secret stands in this answer and nowhere else.</summary>
internal static class MakeApiKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(ApiKeyUrls.Settings, HandleAsync)
        .WithName(nameof(MakeApiKey))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, ApiKeyRegistry keys, ApiKeysScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string name = form["name"].ToString().Trim();
        if (!Guid.TryParse(form["id"], out Guid id))
        {
            return TypedResults.BadRequest();
        }

        if (name.Length is 0 or > ApiKeyRegistry.MaxNameLength)
        {
            return await screen.ShowAsync(context, person, view => view with { Name = name, Problem = "ApiKeys.BadName" }, cancellationToken);
        }

        MakeOutcome outcome = await keys.MakeAsync(person.ClientId, id, name, form["send"] == "on", person.PersonId, cancellationToken);
        return await screen.ShowAsync(context, person, view => outcome switch
        {
            MakeOutcome.Made made => view with { Secret = made.Secret },
            MakeOutcome.MadeBefore => view with { IsMadeBefore = true },
            MakeOutcome.TooMany => view with { Name = name, Problem = "ApiKeys.TooMany" },
            _ => throw new UnreachableException(),
        }, cancellationToken);
    }
}
