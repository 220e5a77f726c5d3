using Munshi.Access;
using Munshi.Audit;
using Munshi.Web;
using Munshi.WhatsApp.Sending;

namespace Munshi.Setup;

/// <summary><c>POST /setup/webhook/address</c>: where Meta reaches this installation.</summary>
internal static class KeepPublicAddress
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(SetupUrls.PublicAddress, HandleAsync)
        .WithName(nameof(KeepPublicAddress))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, SetupProgress progress, SetupScreen screen, GraphOptions graph, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (PublicAddress.Read(form["address"]) is not { } address)
        {
            SetupForm given = new() { Problem = "Setup.Webhook.BadAddress", Address = form["address"] };
            return await screen.StepAsync(context, person, SetupStep.Webhook, given, cancellationToken);
        }

        // Where what plays Meta is on this machine too, it reaches it.
        if (PublicAddress.IsLocal(address) && !graph.BaseAddress.IsLoopback)
        {
            SetupForm given = new() { Problem = "Setup.Webhook.LocalAddress", Address = form["address"] };
            return await screen.StepAsync(context, person, SetupStep.Webhook, given, cancellationToken);
        }

        await progress.KeepAddressAsync(person.ClientId, address, Actor.Person(person.PersonId), cancellationToken);
        return TypedResults.LocalRedirect(SetupUrls.Step(SetupStep.Webhook));
    }
}
