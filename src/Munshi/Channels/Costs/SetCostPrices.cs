using Munshi.Access;
using Munshi.Audit;
using Munshi.Web;

namespace Munshi.Channels.Costs;

/// <summary><c>POST /settings/costs/prices</c>: keeps what a message of each category costs; an empty field says that no price is set.</summary>
internal static class SetCostPrices
{
    /// <summary>The fields of the form are <c>price.{category}</c>.</summary>
    public const string Field = "price.";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(CostUrls.Prices, HandleAsync)
        .WithName(nameof(SetCostPrices))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, CostBook book, CostsScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        CostsView view = await screen.ReadAsync(person.ClientId, cancellationToken);
        Dictionary<string, string> written = view.Priced.Where(category => form.ContainsKey(Field + category)).ToDictionary(category => category, category => form[Field + category].ToString().Trim());
        Dictionary<string, long?> prices = written.ToDictionary(price => price.Key, price => Rupees.Read(price.Value, CostPrices.Highest));
        string[] wrong = [.. written.Where(price => price.Value.Length > 0 && prices[price.Key] is null).Select(price => price.Key)];
        if (wrong.Length > 0)
        {
            return await screen.ShowAsync(context, person, view with { RefusedPrices = written, WrongPrices = wrong }, cancellationToken);
        }

        Dictionary<string, long?> changed = prices.Where(price => price.Value != view.Prices.Of(price.Key)).ToDictionary();
        if (changed.Count > 0)
        {
            await book.PriceAsync(person.ClientId, changed, Actor.Person(person.PersonId), cancellationToken);
        }

        return TypedResults.LocalRedirect($"{CostUrls.Settings}?done=prices");
    }
}
