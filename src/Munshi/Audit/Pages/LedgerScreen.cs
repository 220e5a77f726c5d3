using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Audit.Proving;
using Munshi.Vault;
using Munshi.Web;

namespace Munshi.Audit.Pages;

/// <summary>Makes the answers of the ledger's pages, each of the viewer's own workspace.</summary>
internal sealed class LedgerScreen(
    LedgerLog log, LedgerEntries entries, LedgerHistory history, ProofReader proofs, MessagePlaces messages, DashboardPages dashboard)
{
    public async Task<IResult> ListAsync(HttpContext context, SignedIn person, long? before, CancellationToken cancellationToken)
    {
        PageContext page = await dashboard.CreateAsync(context, person, cancellationToken);
        LedgerFilter filter = LedgerFilter.Of(context.Request.Query);
        return Answer<LedgerPage>(page, await log.ReadAsync(person.ClientId, filter, before, page.Times, cancellationToken));
    }

    public async Task<IResult> EntryAsync(HttpContext context, SignedIn person, long seq, CancellationToken cancellationToken) =>
        await entries.FindAsync(person.ClientId, seq, cancellationToken) is { } view
            ? Answer<LedgerEntryPage>(await dashboard.CreateAsync(context, person, cancellationToken), view)
            : TypedResults.NotFound();

    /// <summary>To the entry of a message; 404 for a message that is not there, and while its entry is not signed yet.</summary>
    public async Task<IResult> OfMessageAsync(HttpContext context, SignedIn person, Guid message, CancellationToken cancellationToken)
    {
        if (await proofs.FindAsync(person.ClientId, message, cancellationToken) is { } seq)
        {
            return TypedResults.LocalRedirect(LedgerUrls.Entry(seq));
        }

        if (await messages.ConversationOfAsync(person.ClientId, message, cancellationToken) is not { } conversation)
        {
            return TypedResults.NotFound();
        }

        return new RazorComponentResult<NotYetSignedPage>(new Dictionary<string, object?>
        {
            [nameof(NotYetSignedPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
            [nameof(NotYetSignedPage.MessageId)] = message,
            [nameof(NotYetSignedPage.ConversationId)] = conversation,
        })
        {
            StatusCode = StatusCodes.Status404NotFound,
        };
    }

    public async Task<IResult> CheckpointsAsync(HttpContext context, SignedIn person, CancellationToken cancellationToken) => Answer<CheckpointsPage>(
        await dashboard.CreateAsync(context, person, cancellationToken), await history.CheckpointsAsync(person.ClientId, cancellationToken));

    /// <summary>The newest checkpoint of the workspace's log as a file; 404 before the first.</summary>
    public async Task<IResult> NoteAsync(HttpContext context, SignedIn person, CancellationToken cancellationToken)
    {
        if ((await history.CheckpointsAsync(person.ClientId, cancellationToken)).Note is not { } note)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(note), "text/plain; charset=utf-8", "checkpoint.txt");
    }

    public async Task<IResult> VerificationsAsync(HttpContext context, SignedIn person, CancellationToken cancellationToken) => Answer<VerificationsPage>(
        await dashboard.CreateAsync(context, person, cancellationToken), await history.VerificationsAsync(person.ClientId, cancellationToken));

    private static RazorComponentResult<TPage> Answer<TPage>(PageContext page, object view)
        where TPage : IComponent => new(new Dictionary<string, object?> { ["Page"] = page, ["View"] = view });
}
