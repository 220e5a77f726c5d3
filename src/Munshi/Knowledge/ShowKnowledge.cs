using Munshi.Access;

namespace Munshi.Knowledge;

/// <summary><c>GET /knowledge</c>: the entries; <c>GET /knowledge/new</c> and <c>GET /knowledge/entries/{id}</c>: one of them to write on.</summary>
internal static class ShowKnowledge
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(KnowledgeUrls.List, ListAsync).WithName(nameof(ShowKnowledge)).ForMembers();
        routes.MapGet(KnowledgeUrls.New, NewAsync).WithName($"{nameof(ShowKnowledge)}.{nameof(NewAsync)}").ForOwners();
        routes.MapGet($"{KnowledgeUrls.Entries}/{{id}}", EntryAsync).WithName($"{nameof(ShowKnowledge)}.{nameof(EntryAsync)}").ForOwners();
    }

    private static Task<IResult> ListAsync(
        HttpContext context, SignedIn person, int? changed, bool? saved, KnowledgeScreen screen, CancellationToken cancellationToken) =>
        screen.ListAsync(context, person, changed, saved == true, [], cancellationToken);

    private static Task<IResult> NewAsync(HttpContext context, SignedIn person, KnowledgeScreen screen, CancellationToken cancellationToken) =>
        screen.EntryAsync(context, person, new EntryForm(), cancellationToken);

    private static async Task<IResult> EntryAsync(
        string id, HttpContext context, SignedIn person, KnowledgeEditor editor, KnowledgeScreen screen, CancellationToken cancellationToken) =>
        await editor.FindAsync(person.ClientId, id, cancellationToken) is { } known
            ? await screen.EntryAsync(context, person, EntryForm.Of(known), cancellationToken)
            : TypedResults.NotFound();
}
