using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Channels;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Intake;

/// <summary><c>GET /webhooks/whatsapp/{app}</c>: Meta's handshake when the callback address is set.</summary>
internal static class VerifySubscription
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/webhooks/whatsapp/{app:guid}", HandleAsync);

    internal static async Task<Results<ContentHttpResult, NotFound, StatusCodeHttpResult>> HandleAsync(
        Guid app, HttpRequest request, MetaApps apps, Callbacks callbacks, CancellationToken cancellationToken)
    {
        if (await apps.FindAsync(app, cancellationToken) is not { } metaApp)
        {
            return TypedResults.NotFound();
        }

        // Hashes are what is compared, so that the token itself need not be opened here.
        string? token = request.Query[SubscriptionChallenge.TokenParameter];
        SubscriptionOutcome outcome = SubscriptionChallenge.Answer(
            request.Query[SubscriptionChallenge.ModeParameter],
            token is null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
            request.Query[SubscriptionChallenge.ChallengeParameter],
            Convert.ToHexString(metaApp.VerifyTokenHash));
        if (outcome is SubscriptionOutcome.Confirmed confirmed)
        {
            callbacks.Handshake(metaApp);
            return TypedResults.Text(confirmed.Challenge, "text/plain");
        }

        callbacks.RefusedHandshake(metaApp);
        return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }
}
