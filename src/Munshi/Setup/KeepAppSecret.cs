using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Web;

namespace Munshi.Setup;

/// <summary><c>POST /setup/app</c>: registers the Meta app with its secret, or replaces the secret. It is never shown again.</summary>
internal static class KeepAppSecret
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(SetupUrls.Secret, HandleAsync)
        .WithName(nameof(KeepAppSecret))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, MetaApps apps, SetupScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        bool fromSettings = form["from"] == SetupUrls.FromSettings;
        string secret = form["secret"].ToString().Trim();
        if (secret.Length is < MetaApps.MinSecretLength or > MetaApps.MaxSecretLength || secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            const string problem = "Setup.App.BadSecret";
            return fromSettings
                ? await screen.SettingsAsync(context, person, form: null, problem, replaced: false, cancellationToken)
                : await screen.StepAsync(context, person, SetupStep.App, new SetupForm { Problem = problem }, cancellationToken);
        }

        Actor actor = Actor.Person(person.PersonId);
        if ((await apps.ListAsync(person.ClientId, cancellationToken)) is [.., Guid app])
        {
            await apps.ReplaceSecretAsync(person.ClientId, app, secret, actor, cancellationToken);
        }
        else
        {
            await apps.RegisterAsync(person.ClientId, secret, AccessToken.Create(), shared: false, actor, cancellationToken);
        }

        return TypedResults.LocalRedirect(fromSettings ? $"{SetupUrls.Settings}?replaced=secret" : SetupUrls.Step(SetupStep.Webhook));
    }
}
