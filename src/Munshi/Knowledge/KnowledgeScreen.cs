using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Knowledge.Pages;

namespace Munshi.Knowledge;

/// <summary>Makes the answers of the knowledge pages.</summary>
internal sealed class KnowledgeScreen(KnowledgeEditor editor, DashboardPages dashboard)
{
    public async Task<IResult> ListAsync(
        HttpContext context, SignedIn person, int? changed, bool saved, IReadOnlyList<FaqProblem> problems, CancellationToken cancellationToken) =>
        new RazorComponentResult<KnowledgePage>(new Dictionary<string, object?>
        {
            [nameof(KnowledgePage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(KnowledgePage.Entries)] = await editor.ListAsync(person.ClientId, cancellationToken),
            [nameof(KnowledgePage.MayEdit)] = person.Role == MemberRole.Owner,
            [nameof(KnowledgePage.Changed)] = changed,
            [nameof(KnowledgePage.Saved)] = saved,
            [nameof(KnowledgePage.Problems)] = problems,
        })
        {
            StatusCode = problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };

    public async Task<IResult> EntryAsync(HttpContext context, SignedIn person, EntryForm form, CancellationToken cancellationToken) =>
        new RazorComponentResult<EntryPage>(new Dictionary<string, object?>
        {
            [nameof(EntryPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(EntryPage.Form)] = form,
        })
        {
            StatusCode = form.IsStale ? StatusCodes.Status409Conflict
                : form.Wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity
                : StatusCodes.Status200OK,
        };
}
