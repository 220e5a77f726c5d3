using System.Text.RegularExpressions;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Intake.Deliveries;

/// <summary><c>POST /settings/deliveries/replays</c>: all of one kind that failed for one reason are done again, by a job.</summary>
internal static partial class ReplayAll
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(DeliveriesUrls.Replays, HandleAsync)
        .WithName(nameof(ReplayAll))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(HttpContext context, SignedIn person, Replays replays, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string kind = form["kind"].ToString();
        string reason = form["reason"].ToString();
        if (!Guid.TryParse(form["id"], out Guid id) || !KindWord().IsMatch(kind) || !ReasonWord().IsMatch(reason))
        {
            return TypedResults.BadRequest();
        }

        await replays.AskAsync(person.ClientId, id, kind, reason, person.PersonId, cancellationToken);
        return TypedResults.LocalRedirect($"{DeliveriesUrls.List}?done=asked");
    }

    // As in the database.
    [GeneratedRegex("^[a-z_]{1,48}\\z")]
    private static partial Regex KindWord();

    [GeneratedRegex("^[a-z-]{1,48}\\z")]
    private static partial Regex ReasonWord();
}
