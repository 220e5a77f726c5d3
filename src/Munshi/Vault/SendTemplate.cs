using System.Globalization;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Channels.Templates;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary><c>POST /inbox/{id}/templates</c>: sends a template with its places filled in, or shows how it will read.</summary>
internal static class SendTemplate
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/templates", HandleAsync)
        .WithName(nameof(SendTemplate))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, Replies replies, TemplateBook templates, ConversationScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (!Guid.TryParseExact(form["key"], "D", out Guid key) || !Guid.TryParseExact(form["template"], "D", out Guid templateId))
        {
            return TypedResults.BadRequest();
        }

        if (await templates.FindAsync(person.ClientId, templateId, cancellationToken) is not { Wording: { IsTextOnly: true } wording } template)
        {
            return await AgainAsync(StatusCodes.Status422UnprocessableEntity, ConversationNotice.TemplateRefused, []);
        }

        string[] values = [.. Enumerable.Range(0, wording.Places.Count).Select(i => form[$"p{i.ToString(CultureInfo.InvariantCulture)}"].ToString().Trim())];
        if (form.ContainsKey("preview"))
        {
            return await AgainAsync(StatusCodes.Status200OK, ConversationNotice.None, values);
        }

        if (values.Any(value => value.Length == 0))
        {
            return await AgainAsync(StatusCodes.Status422UnprocessableEntity, ConversationNotice.TemplateIncomplete, values);
        }

        ReplyDraft draft = new(wording.Fill(template.Info.Name, template.Info.Language, values)) { Text = wording.Show(values) };
        return await replies.SendAsync(person.ClientId, id, Actor.Person(person.PersonId), draft, key, cancellationToken) switch
        {
            ReplyOutcome.Queued => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            ReplyOutcome.Unknown => TypedResults.NotFound(),
            ReplyOutcome.BadText => await AgainAsync(StatusCodes.Status422UnprocessableEntity, ConversationNotice.TemplateIncomplete, values),
            ReplyOutcome.KeyTaken => await AgainAsync(StatusCodes.Status409Conflict, ConversationNotice.KeyTaken, values),
            ReplyOutcome.NotOwner or ReplyOutcome.GoesOnElsewhere => await AgainAsync(StatusCodes.Status409Conflict, ConversationNotice.NotSent, values),
            _ => await AgainAsync(StatusCodes.Status422UnprocessableEntity, ConversationNotice.TemplateRefused, values),
        };

        Task<IResult> AgainAsync(int status, ConversationNotice notice, IReadOnlyList<string> filled) =>
            screen.ShowTemplateAsync(context, person, id, templateId, status, notice, filled, cancellationToken);
    }
}
