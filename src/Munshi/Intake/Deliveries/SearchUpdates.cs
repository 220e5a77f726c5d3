using Munshi.Access;
using Munshi.Web;

namespace Munshi.Intake.Deliveries;

/// <summary><c>POST /settings/deliveries/search</c>: what a provider's id names. The id holds a phone number and stands in no address; asked for without one, the list answers.</summary>
internal static class SearchUpdates
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(DeliveriesUrls.Search, HandleAsync).WithName(nameof(SearchUpdates)).ForOwners().AddEndpointFilter<FormTokenFilter>().DisableAntiforgery();
        routes.MapGet(DeliveriesUrls.Search, () => TypedResults.LocalRedirect(DeliveriesUrls.List)).WithName("SearchAgain").ForOwners();
    }

    internal static async Task<IResult> HandleAsync(HttpContext context, SignedIn person, DeliveriesScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        return await screen.FoundAsync(context, person, form["provider-id"].ToString().Trim(), cancellationToken);
    }
}
