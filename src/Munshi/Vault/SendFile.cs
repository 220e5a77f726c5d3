using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Media.Sending;
using Munshi.Vault.Pages;
using Munshi.WhatsApp.Files;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary><c>POST /inbox/{id}/files</c>: a person sends a file, with words under it where they wish. What is not sent is said why, and the words come back.</summary>
internal static class SendFile
{
    /// <summary>More than the largest file, so that one that is too large gets a page for an answer.</summary>
    private const int MaxBodyBytes = FileLimits.MaxDocumentBytes + (32 * FileLimits.MiB);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/files", HandleAsync)
        .WithName(nameof(SendFile))
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .DisableAntiforgery(); // FileForm asks for the token itself, before it reads the file

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, FileForm form, SentFiles files, Replies replies, ConversationScreen screen, CancellationToken cancellationToken)
    {
        KeepOutcome kept = new KeepOutcome.Empty();
        try
        {
            IReadOnlyDictionary<string, string>? fields = await form.ReadAsync(
                context, async (content, name) => kept = kept is KeepOutcome.Empty ? await files.KeepAsync(person.ClientId, id, content, name, cancellationToken) : kept);
            if (fields is null || !Guid.TryParseExact(fields.GetValueOrDefault("key"), "D", out Guid key))
            {
                return TypedResults.BadRequest();
            }

            string caption = fields.GetValueOrDefault("caption", "").ReplaceLineEndings("\n").Trim(); // browsers send CR LF
            ConversationNotice notice = await SendAsync(key, caption);
            return notice switch
            {
                ConversationNotice.None => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
                ConversationNotice.KeyTaken or ConversationNotice.NotSent =>
                    await screen.ShowFileAsync(context, person, id, StatusCodes.Status409Conflict, notice, caption, cancellationToken),
                _ => await screen.ShowFileAsync(context, person, id, StatusCodes.Status422UnprocessableEntity, notice, caption, cancellationToken),
            };
        }
        catch (BadHttpRequestException refused)
        {
            return TypedResults.StatusCode(refused.StatusCode); // 413 above the limit
        }
        finally
        {
            if (kept is KeepOutcome.Kept written)
            {
                await files.DropUnwrittenAsync(person.ClientId, written.File, CancellationToken.None);
            }
        }

        async Task<ConversationNotice> SendAsync(Guid key, string caption)
        {
            if (kept is not KeepOutcome.Kept { File: { } file })
            {
                return kept switch
                {
                    KeepOutcome.TypeRefused => ConversationNotice.FileTypeRefused,
                    KeepOutcome.TooLarge => ConversationNotice.FileTooLarge,
                    KeepOutcome.Unknown => ConversationNotice.NotSent,
                    _ => ConversationNotice.FileMissing,
                };
            }

            OutboundMedia content = file.Content(caption.Length > 0 ? caption : null);
            if (caption.Length > 0 && file.ShownAs is OutboundMediaType.Audio or OutboundMediaType.Sticker)
            {
                return ConversationNotice.CaptionRefused;
            }

            return await replies.SendAsync(person.ClientId, id, Actor.Person(person.PersonId), new ReplyDraft(content) { File = file }, key, cancellationToken) switch
            {
                ReplyOutcome.Queued => ConversationNotice.None,
                ReplyOutcome.BadText => ConversationNotice.CaptionTooLong,
                ReplyOutcome.KeyTaken => ConversationNotice.KeyTaken,
                _ => ConversationNotice.NotSent,
            };
        }
    }
}
