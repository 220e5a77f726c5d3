using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Fields.Pages;

namespace Munshi.Vault.Fields;

/// <summary>Makes the answers of the fields' page.</summary>
internal sealed class FieldsScreen(FieldBook fields, DashboardPages dashboard, TimeProvider clock)
{
    /// <param name="context">The request.</param>
    /// <param name="person">The viewer.</param>
    /// <param name="shape">Fills in what the act came to.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IResult> ShowAsync(HttpContext context, SignedIn person, Func<FieldsView, FieldsView> shape, CancellationToken cancellationToken)
    {
        FieldsView view = shape(new FieldsView
        {
            Fields = await fields.ListAsync(person.ClientId, cancellationToken),
            NextId = Guid.CreateVersion7(clock.GetUtcNow()),
        });
        return new RazorComponentResult<FieldsPage>(new Dictionary<string, object?>
        {
            [nameof(FieldsPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(FieldsPage.View)] = view,
        })
        {
            StatusCode = view.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }
}
