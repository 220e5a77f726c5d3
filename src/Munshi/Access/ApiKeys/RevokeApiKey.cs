using Munshi.Web;

namespace Munshi.Access.ApiKeys;

/// <summary><c>POST /settings/api-keys/{id}/revocation</c>: the key is refused from the next call on.</summary>
internal static class RevokeApiKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost($"{ApiKeyUrls.Settings}/{{id:guid}}/revocation", HandleAsync)
        .WithName(nameof(RevokeApiKey))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(Guid id, SignedIn person, ApiKeyRegistry keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(person.ClientId, id, person.PersonId, cancellationToken)
            ? TypedResults.LocalRedirect($"{ApiKeyUrls.Settings}?done=revoked")
            : TypedResults.NotFound();
}
