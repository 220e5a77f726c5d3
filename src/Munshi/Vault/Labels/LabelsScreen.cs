using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Labels.Pages;

namespace Munshi.Vault.Labels;

/// <summary>Makes the answers of the labels' page.</summary>
internal sealed class LabelsScreen(LabelBook labels, DashboardPages dashboard, TimeProvider clock)
{
    /// <param name="context">The request.</param>
    /// <param name="person">The viewer.</param>
    /// <param name="shape">Fills in what the act came to.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IResult> ShowAsync(HttpContext context, SignedIn person, Func<LabelsView, LabelsView> shape, CancellationToken cancellationToken)
    {
        LabelsView view = shape(new LabelsView
        {
            Labels = await labels.ListAsync(person.ClientId, cancellationToken),
            NextId = Guid.CreateVersion7(clock.GetUtcNow()),
        });
        return new RazorComponentResult<LabelsPage>(new Dictionary<string, object?>
        {
            [nameof(LabelsPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(LabelsPage.View)] = view,
        })
        {
            StatusCode = view.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }
}
