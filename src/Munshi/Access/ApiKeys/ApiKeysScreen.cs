using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.ApiKeys.Pages;

namespace Munshi.Access.ApiKeys;

/// <summary>Makes the answers of the keys' page.</summary>
internal sealed class ApiKeysScreen(ApiKeyRegistry keys, DashboardPages dashboard, TimeProvider clock)
{
    /// <param name="context">The request.</param>
    /// <param name="person">The viewer.</param>
    /// <param name="shape">Fills in what the act came to.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IResult> ShowAsync(HttpContext context, SignedIn person, Func<ApiKeysView, ApiKeysView> shape, CancellationToken cancellationToken)
    {
        ApiKeysView view = shape(new ApiKeysView
        {
            Keys = await keys.ListAsync(person.ClientId, cancellationToken),
            NextId = Guid.CreateVersion7(clock.GetUtcNow()),
        });
        return new RazorComponentResult<ApiKeysPage>(new Dictionary<string, object?>
        {
            [nameof(ApiKeysPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(ApiKeysPage.View)] = view,
        })
        {
            StatusCode = view.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }
}
