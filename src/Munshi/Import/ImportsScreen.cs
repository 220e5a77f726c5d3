using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Import.Pages;
using Munshi.Import.Uploading;
using Munshi.Vault.Importing;

namespace Munshi.Import;

/// <summary>Answers with the page of the imports.</summary>
internal sealed class ImportsScreen(ImportList list, ChatUploads uploads, DashboardPages pages)
{
    /// <param name="context">The request.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="before">The import after which the page begins; null for the newest.</param>
    /// <param name="isDone">Whether one was taken back just now.</param>
    /// <param name="draft">What was typed; with its problem where it was refused.</param>
    /// <param name="cancellationToken">Honoured.</param>
    public async Task<IResult> ShowAsync(
        HttpContext context, SignedIn person, Guid? before, bool isDone, UploadDraft draft, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImportListing> imports = await list.ReadAsync(person.ClientId, before, cancellationToken);
        return new RazorComponentResult<ImportsPage>(new Dictionary<string, object?>
        {
            [nameof(ImportsPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(ImportsPage.View)] = new ImportsView(imports, before is null, imports.Count == ImportList.PageSize ? imports[^1].Id : null, isDone)
            {
                Uploads = before is null ? [.. (await uploads.ListAsync(person.ClientId, cancellationToken)).Where(upload => upload.State is not UploadState.Done)] : [],
                Draft = draft,
            },
        })
        {
            StatusCode = draft.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }
}
