using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Intake.Deliveries.Pages;
using Munshi.Web;

namespace Munshi.Intake.Deliveries;

/// <summary>Makes the answers of the deliveries' pages, each of the viewer's own workspace.</summary>
internal sealed class DeliveriesScreen(
    UpdateLog log, Failures failures, UpdateReader reader, UpdateSearch search, DashboardPages dashboard, TimeProvider clock)
{
    public async Task<IResult> ListAsync(HttpContext context, SignedIn person, Guid? before, bool isAsked, CancellationToken cancellationToken)
    {
        PageContext page = await dashboard.CreateAsync(context, person, cancellationToken);
        IReadOnlyList<FailedGroup> failed = await failures.CountAsync(person.ClientId, cancellationToken);
        return Answer<DeliveriesPage>(page, new DeliveriesView
        {
            List = await log.ReadAsync(person.ClientId, UpdateFilter.Of(context.Request.Query), before, page.Times, cancellationToken),
            Failed = failed,
            Problems = await failures.ProblemsAsync(person.ClientId, cancellationToken),
            Replays = await failures.ReplaysAsync(person.ClientId, cancellationToken),
            ReplayIds = [.. failed.Select(_ => Guid.CreateVersion7(clock.GetUtcNow()))],
            IsAsked = isAsked,
        });
    }

    public async Task<IResult> UpdateAsync(HttpContext context, SignedIn person, Guid id, string? done, CancellationToken cancellationToken) =>
        await reader.FindAsync(person.ClientId, id, cancellationToken) is { } view
            ? Answer<UpdatePage>(await dashboard.CreateAsync(context, person, cancellationToken), view with { Done = ReplayUpdate.TextOf(done) })
            : TypedResults.NotFound();

    public async Task<IResult> FoundAsync(HttpContext context, SignedIn person, string providerId, CancellationToken cancellationToken)
    {
        FoundUpdatesView view = await search.FindAsync(person.ClientId, providerId, cancellationToken);
        return Answer<FoundUpdatesPage>(
            await dashboard.CreateAsync(context, person, cancellationToken), view, view.IsBad ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static RazorComponentResult<TPage> Answer<TPage>(PageContext page, object view, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(new Dictionary<string, object?> { ["Page"] = page, ["View"] = view }) { StatusCode = status };
}
