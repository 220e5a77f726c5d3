using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Notices.Pages;
using Munshi.Vault;

namespace Munshi.Notices;

/// <summary>Makes the answers of the notices' page.</summary>
internal sealed class NoticesScreen(NoticeLog log, NoticeRecipients recipients, MailServer server, DashboardPages dashboard)
{
    /// <param name="context">The request.</param>
    /// <param name="person">The viewer.</param>
    /// <param name="before">The row above the page; null for the newest.</param>
    /// <param name="refused">The form as it was sent, where it could not be kept.</param>
    /// <param name="done"><c>saved</c>, <c>test</c> or null.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IResult> ShowAsync(
        HttpContext context, SignedIn person, PageCursor? before, NoticesForm? refused, string? done, CancellationToken cancellationToken)
    {
        NoticePreferences chosen = await recipients.ReadAsync(person.ClientId, person.PersonId, cancellationToken);
        (IReadOnlyList<NoticeRow> rows, string? next) = await log.ReadAsync(person.ClientId, before, cancellationToken);
        NoticesView view = new()
        {
            Rows = rows,
            NextCursor = next,
            IsFirst = before is null,
            HasServer = server.IsSetUp,
            Form = refused ?? NoticesForm.Of(chosen),
            HasAddress = chosen.Email is not null,
            Saved = done == "saved",
            Tested = done == "test",
        };
        return new RazorComponentResult<NoticesPage>(new Dictionary<string, object?>
        {
            [nameof(NoticesPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(NoticesPage.View)] = view,
        })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }
}
