using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Web;

namespace Munshi.Knowledge;

/// <summary><c>POST /knowledge/entries</c> adds an entry, <c>POST /knowledge/entries/{id}</c> revises one, <c>POST …/retirement</c> retires it.</summary>
internal static class SaveEntry
{
    /// <summary>50 examples of 500 characters in any script, and the rest.</summary>
    private const int MaxBodyBytes = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Post(KnowledgeUrls.Entries, AddAsync);
        Post($"{KnowledgeUrls.Entries}/{{id}}", ReviseAsync);
        Post($"{KnowledgeUrls.Entries}/{{id}}/retirement", RetireAsync);

        void Post(string pattern, Delegate handler) => routes.MapPost(pattern, handler)
            .WithName($"{nameof(SaveEntry)}.{handler.Method.Name}")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ForOwners()
            .AddEndpointFilter<FormTokenFilter>()
            .DisableAntiforgery();
    }

    private static Task<IResult> AddAsync(
        HttpContext context, SignedIn person, KnowledgeEditor editor, KnowledgeScreen screen, CancellationToken cancellationToken) =>
        SaveAsync(null, context, person, editor, screen, cancellationToken);

    private static async Task<IResult> ReviseAsync(
        string id, HttpContext context, SignedIn person, KnowledgeEditor editor, KnowledgeScreen screen, CancellationToken cancellationToken) =>
        await editor.FindAsync(person.ClientId, id, cancellationToken) is null
            ? TypedResults.NotFound()
            : await SaveAsync(id, context, person, editor, screen, cancellationToken);

    private static async Task<IResult> RetireAsync(
        string id, HttpContext context, SignedIn person, KnowledgeEditor editor, KnowledgeScreen screen, CancellationToken cancellationToken)
    {
        if (await editor.FindAsync(person.ClientId, id, cancellationToken) is not { } known)
        {
            return TypedResults.NotFound();
        }

        int from = Revision(await context.Request.ReadFormAsync(cancellationToken));
        return await editor.RetireAsync(person.ClientId, id, from, Actor.Person(person.PersonId), cancellationToken) is EditOutcome.Saved
            ? TypedResults.LocalRedirect(KnowledgeUrls.Saved)
            : await screen.EntryAsync(context, person, EntryForm.Of(known) with { IsStale = true }, cancellationToken);
    }

    private static async Task<IResult> SaveAsync(
        string? id, HttpContext context, SignedIn person, KnowledgeEditor editor, KnowledgeScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        EntryForm given = new()
        {
            Id = id,
            Revision = id is null ? 0 : Revision(form),
            Question = Text("question"),
            Title = Text("title"),
            Answer = Text("answer"),
            Examples = Text("examples"),
        };
        FaqRecord record = new(0, id, given.Question, given.Title, given.Answer, given.Examples.Split('\n'));
        if (id is not null && given.Revision < 1)
        {
            return TypedResults.BadRequest();
        }

        return await editor.SaveAsync(person.ClientId, record, given.Revision, Actor.Person(person.PersonId), cancellationToken) switch
        {
            EditOutcome.Saved => TypedResults.LocalRedirect(KnowledgeUrls.Saved),
            EditOutcome.Refused refused => await screen.EntryAsync(
                context, person, given with { Wrong = [.. refused.Problems.Select(problem => problem.Field).Distinct()] }, cancellationToken),
            _ => await screen.EntryAsync(context, person, given with { IsStale = true }, cancellationToken),
        };

        string Text(string field) => form[field].ToString().ReplaceLineEndings("\n"); // browsers send CR LF
    }

    private static int Revision(IFormCollection form) =>
        int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out int revision) ? revision : 0;
}
