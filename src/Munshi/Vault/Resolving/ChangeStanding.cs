using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault.Resolving;

/// <summary><c>POST /inbox/{id}/snooze</c> puts a conversation off, <c>POST /inbox/{id}/resolution</c> resolves it, <c>POST /inbox/{id}/reopening</c> opens it again.</summary>
internal static class ChangeStanding
{
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>As a browser sends a time of its <c>datetime-local</c> field, with or without seconds.</summary>
    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        Guarded(routes.MapPost("/inbox/{id:guid}/snooze", SnoozeAsync)).WithName($"{nameof(ChangeStanding)}.Snooze");
        Guarded(routes.MapPost("/inbox/{id:guid}/resolution", ResolveAsync)).WithName($"{nameof(ChangeStanding)}.Resolve");
        Guarded(routes.MapPost("/inbox/{id:guid}/reopening", ReopenAsync)).WithName($"{nameof(ChangeStanding)}.Reopen");
    }

    internal static async Task<IResult> SnoozeAsync(
        Guid id,
        HttpContext context,
        SignedIn person,
        ConversationStandings standings,
        ConversationScreen screen,
        DashboardPages pages,
        CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (!long.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out long seen))
        {
            return TypedResults.BadRequest();
        }

        TimeText times = (await pages.CreateAsync(context, person, cancellationToken)).Times;
        StandingOutcome outcome = TimeOf(form, times) is { } until
            ? await standings.SnoozeAsync(person.ClientId, id, person.PersonId, seen, until, cancellationToken)
            : StandingOutcome.BadTime;
        return await AnswerAsync(id, context, person, screen, outcome, cancellationToken);
    }

    internal static async Task<IResult> ResolveAsync(
        Guid id, HttpContext context, SignedIn person, ConversationStandings standings, ConversationScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        return long.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out long seen)
            ? await AnswerAsync(
                id, context, person, screen, await standings.ResolveAsync(person.ClientId, id, person.PersonId, seen, cancellationToken), cancellationToken)
            : TypedResults.BadRequest();
    }

    internal static async Task<IResult> ReopenAsync(
        Guid id, HttpContext context, SignedIn person, ConversationStandings standings, ConversationScreen screen, CancellationToken cancellationToken) =>
        await AnswerAsync(
            id, context, person, screen, await standings.ReopenAsync(person.ClientId, id, person.PersonId, cancellationToken), cancellationToken);

    private static Task<IResult> AnswerAsync(
        Guid id, HttpContext context, SignedIn person, ConversationScreen screen, StandingOutcome outcome, CancellationToken cancellationToken) => outcome switch
        {
            StandingOutcome.Done => screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            StandingOutcome.CustomerWrote => screen.ShowAsync(
                context, person, id, StatusCodes.Status409Conflict, ConversationNotice.CustomerWrote, null, cancellationToken),
            StandingOutcome.BadTime => screen.ShowAsync(
                context, person, id, StatusCodes.Status422UnprocessableEntity, ConversationNotice.BadTime, null, cancellationToken),
            _ => Task.FromResult<IResult>(TypedResults.NotFound()),
        };

    /// <summary>The instant that a button stands for, or the time that was typed, in the reader's zone; null where neither is one.</summary>
    private static DateTimeOffset? TimeOf(IFormCollection form, TimeText times)
    {
        if (form.TryGetValue("until", out Microsoft.Extensions.Primitives.StringValues until))
        {
            return DateTimeOffset.TryParseExact(until, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant) ? instant : null;
        }

        return DateTime.TryParseExact(form["own"], LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local) && local.Year is > 2000 and < 9000 ? times.Instant(local) : null;
    }

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();
}
