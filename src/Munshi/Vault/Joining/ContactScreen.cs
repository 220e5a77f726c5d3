using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Joining.Pages;
using Munshi.Vault.Pages;

namespace Munshi.Vault.Joining;

/// <summary>Makes the answers of the pages that say who a conversation is with.</summary>
internal sealed class ContactScreen(ContactReader contacts, ContactFinder finder, DashboardPages dashboard)
{
    /// <param name="context">The request.</param>
    /// <param name="person">The viewer.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="sought">With whom it may be one; null where nobody is looked for.</param>
    /// <param name="status">200, or why the viewer's act was not done.</param>
    /// <param name="shape">Fills in what the act came to.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IResult> ShowAsync(
        HttpContext context, SignedIn person, Guid conversationId, string? sought, int status, Func<ContactView, ContactView> shape, CancellationToken cancellationToken)
    {
        if (await contacts.ReadAsync(person.ClientId, conversationId, cancellationToken) is not { } view)
        {
            return TypedResults.NotFound();
        }

        if (!string.IsNullOrWhiteSpace(sought))
        {
            FoundView found = await finder.FindAsync(person, sought.Trim(), cancellationToken);
            view = view with { Found = found with { Rows = [.. found.Rows.Where(row => row.Id != conversationId && view.Conversations.All(own => own.Id != row.Id))] } };
        }

        return new RazorComponentResult<ContactPage>(new Dictionary<string, object?>
        {
            [nameof(ContactPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(ContactPage.View)] = shape(view),
        })
        {
            StatusCode = status,
        };
    }

    /// <summary>Two customers side by side.</summary>
    public async Task<IResult> ShowJoinAsync(
        HttpContext context, SignedIn person, Guid conversationId, Guid otherId, int status, string? problem, CancellationToken cancellationToken)
    {
        if (await contacts.ReadAsync(person.ClientId, conversationId, cancellationToken) is not { } one
            || await contacts.ReadAsync(person.ClientId, otherId, cancellationToken) is not { } other)
        {
            return TypedResults.NotFound();
        }

        return new RazorComponentResult<JoinPage>(new Dictionary<string, object?>
        {
            [nameof(JoinPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(JoinPage.View)] = new JoinView(one, other) { Problem = problem },
        })
        {
            StatusCode = status,
        };
    }
}
