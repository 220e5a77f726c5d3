using Munshi.Access;
using Munshi.Channels.Sending;
using Munshi.Web;

namespace Munshi.Setup;

/// <summary><c>POST /settings/channels/try</c>: the stopped numbers are tried now.</summary>
internal static class TryNumber
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(SetupUrls.TryNow, HandleAsync)
        .WithName(nameof(TryNumber))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(SignedIn person, NumberStops stops, CancellationToken cancellationToken)
    {
        foreach (NumberStop stop in await stops.ListAsync(person.ClientId, cancellationToken))
        {
            await stops.ProbeNowAsync(person.ClientId, stop.NumberId, cancellationToken);
        }

        return TypedResults.LocalRedirect(SetupUrls.Settings);
    }
}
