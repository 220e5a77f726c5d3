using System.Globalization;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Intake.Deliveries;

/// <summary><c>POST /settings/deliveries/{id}/replay</c>: an update that failed is done again.</summary>
internal static class ReplayUpdate
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost($"{DeliveriesUrls.List}/{{id:guid}}/replay", HandleAsync)
        .WithName(nameof(ReplayUpdate))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    /// <summary>The last part of the name of the text that says what it came to; null for a word that is none.</summary>
    public static string? TextOf(string? done) => done switch
    {
        "replayed" => nameof(ReplayOutcome.Replayed),
        "not-failed" => nameof(ReplayOutcome.NotFailed),
        "unopened" => nameof(ReplayOutcome.Unopened),
        _ => null,
    };

    internal static async Task<IResult> HandleAsync(Guid id, HttpContext context, SignedIn person, Replays replays, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (!int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out int seen))
        {
            return TypedResults.BadRequest();
        }

        ReplayOutcome outcome = await replays.OneAsync(person.ClientId, id, seen, person.PersonId, cancellationToken);
        string done = outcome switch
        {
            ReplayOutcome.Replayed => "replayed",
            ReplayOutcome.NotFailed => "not-failed",
            _ => "unopened",
        };
        return outcome == ReplayOutcome.Unknown ? TypedResults.NotFound() : TypedResults.LocalRedirect($"{DeliveriesUrls.Update(id)}?done={done}");
    }
}
