using Munshi.Access;
using Munshi.Audit;
using Munshi.Web;

namespace Munshi.Channels.Costs;

/// <summary><c>POST /settings/costs/limit</c>: limits what a month may cost; with the field <c>remove</c> there is no limit.</summary>
internal static class SetCostLimit
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(CostUrls.Limit, HandleAsync)
        .WithName(nameof(SetCostLimit))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, CostBook book, CostsScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string written = form["limit"].ToString();
        bool remove = form.ContainsKey("remove");
        long? limit = remove ? null : Rupees.Read(written, Rupees.Highest);
        if (!remove && limit is null)
        {
            CostsView view = await screen.ReadAsync(person.ClientId, cancellationToken);
            return await screen.ShowAsync(context, person, view with { RefusedLimit = written }, cancellationToken);
        }

        await book.LimitAsync(person.ClientId, limit, Actor.Person(person.PersonId), cancellationToken);
        return TypedResults.LocalRedirect($"{CostUrls.Settings}?done={(remove ? "no-limit" : "limit")}");
    }
}
