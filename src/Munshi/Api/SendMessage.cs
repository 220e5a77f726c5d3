using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access.ApiKeys;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Channels.Templates;
using Munshi.Vault;

namespace Munshi.Api;

/// <summary><c>POST /api/v1/conversations/{id}/messages</c>: writes to a customer. The conversation stays with whom it is.</summary>
internal static class SendMessage
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MaxKeyLength = 255;
    private const int MaxBodyBytes = 64 * 1024;

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/conversations/{id}/messages", HandleAsync)
        .WithName(nameof(SendMessage))
        .WithTags("messages")
        .WithSummary("Sends a message in a conversation: text, buttons, list, link, location request, reaction or template. The header Idempotency-Key is required: the same key sends once")
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    internal static async Task<Results<Ok<SentAnswer>, ProblemHttpResult>> HandleAsync(
        string id, SendBody body, HttpContext context, Replies replies, Conversing conversing, TemplateBook templates, CancellationToken cancellationToken)
    {
        ApiCaller caller = ApiCaller.Of(context);
        if (!caller.MaySend)
        {
            return ApiProblem.MayOnlyRead();
        }

        string sent = context.Request.Headers[KeyHeader].ToString();
        if (sent.Length is 0 or > MaxKeyLength || sent.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return ApiProblem.BadInput(KeyHeader, $"1 to {MaxKeyLength} visible ASCII characters");
        }

        if (!Guid.TryParseExact(id, "D", out Guid conversation))
        {
            return ApiProblem.NotThere("conversation");
        }

        ReplyDraft? draft = body.Type == "template"
            ? await TemplateAsync(caller.ClientId, conversation, body, conversing, templates, cancellationToken)
            : body.Read();
        if (draft is null)
        {
            return ApiProblem.BadInput("The message", "one of the types, with its members within Meta's limits; of a template one value for each open place");
        }

        return await replies.SendAsync(caller.ClientId, conversation, Actor.Api, draft, KeyOf(caller.KeyId, sent), cancellationToken) switch
        {
            ReplyOutcome.Queued queued => TypedResults.Ok(new SentAnswer(queued.MessageId)),
            ReplyOutcome.KeyTaken => ApiProblem.KeyTaken(),
            ReplyOutcome.WindowClosed => ApiProblem.NotSendable("window-closed", "More than 24 hours since the customer's last message: only a template may be sent."),
            ReplyOutcome.NotApproved => ApiProblem.NotSendable("template-not-approved", "Meta has not approved this template, or there is none of this name and language."),
            ReplyOutcome.OptedOut => ApiProblem.NotSendable("opted-out", "This customer asked for no marketing messages."),
            ReplyOutcome.GoesOnElsewhere => ApiProblem.NotSendable("conversation-goes-on", "Two customers turned out to be one, and this conversation goes on in another: look it up by the customer."),
            ReplyOutcome.QuoteUnknown => ApiProblem.NotSendable("quote-not-there", "The message to be quoted is not the customer's in this conversation, or was deleted."),
            ReplyOutcome.BadText => ApiProblem.BadInput("The message", "within Meta's limits"),
            _ => ApiProblem.NotThere("conversation"),
        };
    }

    private static async Task<ReplyDraft?> TemplateAsync(
        Guid clientId, Guid conversation, SendBody body, Conversing conversing, TemplateBook templates, CancellationToken cancellationToken)
    {
        if (await conversing.NumberOfAsync(clientId, conversation, cancellationToken) is not { } number)
        {
            return null;
        }

        Template? found = (await templates.ListAsync(clientId, number, cancellationToken))
            .FirstOrDefault(template => template.Info.Name == body.Name && template.Info.Language == body.Language);
        IReadOnlyList<string> values = body.Values ?? [];
        return found?.Wording is { IsTextOnly: true } wording && wording.Places.Count == values.Count && values.All(value => !string.IsNullOrWhiteSpace(value))
            ? new ReplyDraft(wording.Fill(found.Info.Name, found.Info.Language, values)) { Text = wording.Show(values) }
            : null;
    }

    /// <summary>Keys of one program and of another do not meet.</summary>
    private static Guid KeyOf(Guid apiKey, string sent) =>
        new(SHA256.HashData([.. "api"u8, .. apiKey.ToByteArray(), .. Encoding.ASCII.GetBytes(sent)]).AsSpan(0, 16));
}
