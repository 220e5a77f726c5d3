using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Channels.Costs.Pages;

namespace Munshi.Channels.Costs;

/// <summary>Makes the answers of the costs' page.</summary>
internal sealed class CostsScreen(CostBook book, Numbers numbers, DashboardPages dashboard)
{
    public async Task<CostsView> ReadAsync(Guid clientId, CancellationToken cancellationToken)
    {
        (DateOnly month, CostState state, IReadOnlyList<(DateOnly Month, CostEstimate Estimate)> before) = await book.ReadAsync(clientId, cancellationToken);
        List<CostNumber> shown = [];
        foreach ((Guid id, _) in await numbers.ListAsync(clientId, cancellationToken))
        {
            shown.Add(new CostNumber(id, await numbers.DisplayNumberAsync(clientId, id, cancellationToken)));
        }

        return new CostsView
        {
            Month = month,
            Numbers = shown,
            Estimate = state.Estimate,
            Prices = state.Prices,
            Cap = state.Cap,
            Before = [.. before.Select(past => new PastMonth(past.Month, past.Estimate.Count, past.Estimate.Total))],
        };
    }

    public async Task<IResult> ShowAsync(HttpContext context, SignedIn person, CostsView view, CancellationToken cancellationToken) =>
        new RazorComponentResult<CostsPage>(new Dictionary<string, object?>
        {
            [nameof(CostsPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(CostsPage.View)] = view,
        })
        {
            StatusCode = view.RefusedLimit is null && view.WrongPrices.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
}
