using Munshi.Access;
using Munshi.Web;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Health;

/// <summary><c>POST /settings/channels/subscribe</c>: the webhooks of the accounts that lost it go to the app again.</summary>
internal static partial class SubscribeAgain
{
    public const string Address = "/settings/channels/subscribe";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(Address, HandleAsync)
        .WithName(nameof(SubscribeAgain))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        SignedIn person, NumberHealths healths, Numbers numbers, GraphAccount graph, ChannelGauge gauge, ILogger<HealthClock> logger, CancellationToken cancellationToken)
    {
        foreach (NumberHealth health in await healths.ListAsync(person.ClientId, cancellationToken))
        {
            if (health.IsSubscribed is false && await numbers.AccountAsync(person.ClientId, health.NumberId, cancellationToken) is { } account)
            {
                NumberCredentials from = await numbers.CredentialsAsync(person.ClientId, health.NumberId, cancellationToken);
                AccountOutcome outcome = await graph.SubscribeAsync(account, from.AccessToken, cancellationToken);
                Log.Subscribed(logger, health.NumberId, outcome);
                if (outcome is AccountOutcome.Subscribed)
                {
                    await healths.KeepSubscriptionAsync(person.ClientId, health.NumberId, subscribed: true, cancellationToken);
                }
            }
        }

        gauge.Forget(person.ClientId);
        return TypedResults.LocalRedirect("/settings/channels");
    }

    private static partial class Log
    {
        [LoggerMessage(9303, LogLevel.Information, "The account of number {NumberId} was subscribed to again: {Outcome}")]
        public static partial void Subscribed(ILogger logger, Guid numberId, AccountOutcome outcome);
    }
}
