using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Setup.Pages;
using Munshi.Web;

namespace Munshi.Setup;

/// <summary><c>GET /setup</c> leads to where the set-up stands; <c>GET /setup/{step}</c> shows a step, or the part of it that a signal names.</summary>
internal static class ShowSetup
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SetupUrls.Start, StartAsync).WithName($"{nameof(ShowSetup)}.{nameof(StartAsync)}").ForVisitors();
        foreach (SetupStep step in Enum.GetValues<SetupStep>())
        {
            routes.MapGet(SetupUrls.Step(step), (HttpContext context, SignedIn person, string? part, SetupScreen screen, CancellationToken cancellationToken) =>
                StepAsync(step, part, context, person, screen, cancellationToken)).WithName($"{nameof(ShowSetup)}.{step}").ForOwners();
        }

        routes.MapGet(SetupUrls.Settings, SettingsAsync).WithName($"{nameof(ShowSetup)}.{nameof(SettingsAsync)}").ForOwners();
    }

    internal static async Task<IResult> StartAsync(
        HttpContext context, SetupLinks links, Sessions sessions, SetupProgress progress, PageContextSource pages, CancellationToken cancellationToken)
    {
        if (await links.HoldsAsync(ClaimCookie.Read(context.Request), cancellationToken))
        {
            return new RazorComponentResult<FirstOwnerPage>(
                new Dictionary<string, object?> { [nameof(FirstOwnerPage.Page)] = pages.Create(context, viewer: null) });
        }

        return await sessions.FindAsync(SessionCookie.Read(context.Request), cancellationToken) switch
        {
            null => TypedResults.LocalRedirect("/sign-in"),
            { Role: not MemberRole.Owner } => TypedResults.StatusCode(StatusCodes.Status403Forbidden),
            { } owner => TypedResults.LocalRedirect(
                (await progress.ReadAsync(owner.ClientId, cancellationToken)).Next is { } next ? SetupUrls.Step(next) : SetupUrls.Settings),
        };
    }

    private static Task<IResult> StepAsync(
        SetupStep step, string? part, HttpContext context, SignedIn person, SetupScreen screen, CancellationToken cancellationToken) =>
        (Hx.WantsFragment(context.Request), step, part) switch
        {
            (true, SetupStep.Webhook, _) => screen.PartAsync<WebhookLive>(context, person, cancellationToken),
            (true, SetupStep.Test, "arrival") => screen.PartAsync<TestArrival>(context, person, cancellationToken),
            (true, SetupStep.Test, "troubles") => screen.PartAsync<TestTroubles>(context, person, cancellationToken),
            _ => screen.StepAsync(context, person, step, form: null, cancellationToken),
        };

    private static Task<IResult> SettingsAsync(
        HttpContext context, SignedIn person, string? replaced, SetupScreen screen, CancellationToken cancellationToken) =>
        screen.SettingsAsync(context, person, form: null, secretProblem: null, replaced is not null, cancellationToken);
}
