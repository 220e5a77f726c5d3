using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Uploading;

/// <summary><c>POST /settings/imports</c>: takes an export and has it imported in the background.</summary>
internal static class UploadChat
{
    /// <summary>More than the largest file, so that one that is too large gets a page for an answer.</summary>
    private const long MaxBodyBytes = ChatUploads.MaxBytes + (32L * 1024 * 1024);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(ShowImports.Url, HandleAsync)
        .WithName(nameof(UploadChat))
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForOwners()
        .DisableAntiforgery(); // FileForm asks for the token itself, before it reads the file

    internal static async Task<IResult> HandleAsync(HttpContext context, SignedIn person, FileForm form, ChatUploads uploads, ImportsScreen screen, CancellationToken cancellationToken)
    {
        KeptUpload? kept = null;
        string? name = null;
        try
        {
            IReadOnlyDictionary<string, string>? fields = await form.ReadAsync(context, async (content, called) =>
            {
                if (kept is null)
                {
                    (name, kept) = (called, await uploads.KeepAsync(person.ClientId, content, cancellationToken));
                }
            });
            if (fields is null)
            {
                return TypedResults.BadRequest();
            }

            UploadDraft draft = UploadDraft.Of(fields);
            if ((draft.Problem ?? (kept is null ? "empty" : kept.Hash is null ? "too-large-a-file" : null)) is { } problem)
            {
                return await screen.ShowAsync(context, person, before: null, isDone: false, draft with { Problem = problem }, cancellationToken);
            }

            UploadRequest request = new(
                string.IsNullOrWhiteSpace(name) ? "WhatsApp Chat.txt" : name.Length > UploadRequest.MaxFieldLength ? name[^UploadRequest.MaxFieldLength..] : name,
                draft.Contact.Length > 0 ? draft.Contact : null,
                draft.Business.Length > 0 ? draft.Business : null,
                draft.TimeZone,
                draft.Order switch
                {
                    "dmy" => DateOrder.DayMonthYear,
                    "mdy" => DateOrder.MonthDayYear,
                    "ymd" => DateOrder.YearMonthDay,
                    _ => null,
                });
            KeptUpload written = kept!;
            await uploads.EnqueueAsync(person.ClientId, written, request, person.PersonId, cancellationToken);
            kept = null;
            return TypedResults.LocalRedirect(ShowUpload.Url(written.Id));
        }
        catch (BadHttpRequestException refused)
        {
            return TypedResults.StatusCode(refused.StatusCode); // 413 above the limit
        }
        finally
        {
            if (kept is not null)
            {
                await uploads.DropAsync(kept);
            }
        }
    }
}
