using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Web;

namespace Munshi.Setup;

/// <summary><c>POST /setup/webhook/verify-token</c>: a new verify token; Meta's handshake is awaited anew.</summary>
internal static class MakeVerifyToken
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(SetupUrls.VerifyToken, HandleAsync)
        .WithName(nameof(MakeVerifyToken))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(SignedIn person, MetaApps apps, CancellationToken cancellationToken)
    {
        if ((await apps.ListAsync(person.ClientId, cancellationToken)) is not [.., Guid app])
        {
            return TypedResults.LocalRedirect(SetupUrls.Step(SetupStep.App));
        }

        await apps.ReplaceVerifyTokenAsync(person.ClientId, app, AccessToken.Create(), Actor.Person(person.PersonId), cancellationToken);
        return TypedResults.LocalRedirect(SetupUrls.Step(SetupStep.Webhook));
    }
}
