using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault.Fields;

/// <summary><c>POST /inbox/{id}/fields/{field}</c>: notes something of the customer.</summary>
internal static class SetField
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/fields/{field:guid}", HandleAsync)
        .WithName(nameof(SetField))
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        Guid id, Guid field, HttpContext context, SignedIn person, FieldValues values, ConversationScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string text = form["value"].ToString().Trim();
        if (text.Length > FieldValues.MaxLength)
        {
            return await screen.ShowFieldAsync(
                context, person, id, StatusCodes.Status422UnprocessableEntity, ConversationNotice.FieldTooLong, (field, text), cancellationToken);
        }

        Guid? seen = Guid.TryParse(form["seen"], out Guid version) ? version : null;
        return await values.SetAsync(person.ClientId, id, field, text, seen, person.PersonId, cancellationToken) switch
        {
            FieldOutcome.Done => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            FieldOutcome.Overtaken => await screen.ShowFieldAsync(
                context, person, id, StatusCodes.Status409Conflict, ConversationNotice.FieldOvertaken, (field, text), cancellationToken),
            _ => TypedResults.NotFound(),
        };
    }
}
