using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault.Notes;

/// <summary><c>POST /inbox/{id}/notes</c> writes a note, <c>POST /inbox/{id}/notes/{note}/deletion</c> deletes one.</summary>
internal static class WriteNote
{
    private const int MaxBodyBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Guarded(routes.MapPost("/inbox/{id:guid}/notes", WriteAsync)).WithName(nameof(WriteNote));
        Guarded(routes.MapPost("/inbox/{id:guid}/notes/{note:guid}/deletion", DeleteAsync)).WithName($"{nameof(WriteNote)}.Delete");
    }

    internal static async Task<IResult> WriteAsync(
        Guid id, HttpContext context, SignedIn person, NoteBook notes, ConversationScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string text = form["note"].ToString().ReplaceLineEndings("\n").Trim();
        if (!Guid.TryParse(form["id"], out Guid noteId))
        {
            return TypedResults.BadRequest();
        }

        ConversationNotice notice = text.Length switch
        {
            0 => ConversationNotice.NoteMissing,
            > NoteBook.MaxLength => ConversationNotice.NoteTooLong,
            _ => ConversationNotice.None,
        };
        if (notice is not ConversationNotice.None)
        {
            return await screen.ShowNoteAsync(context, person, id, StatusCodes.Status422UnprocessableEntity, notice, text, cancellationToken);
        }

        return await notes.WriteAsync(person.ClientId, id, noteId, person.PersonId, text, cancellationToken) is NoteOutcome.Done
            ? await screen.AfterAsync(context, person, id, undo: null, cancellationToken)
            : TypedResults.NotFound();
    }

    internal static async Task<IResult> DeleteAsync(
        Guid id, Guid note, HttpContext context, SignedIn person, NoteBook notes, ConversationScreen screen, CancellationToken cancellationToken) =>
        await notes.DeleteAsync(person.ClientId, id, note, person.PersonId, person.Role is MemberRole.Owner, cancellationToken) switch
        {
            NoteOutcome.Done => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            NoteOutcome.NotAllowed => TypedResults.StatusCode(StatusCodes.Status403Forbidden),
            _ => TypedResults.NotFound(),
        };

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();
}
