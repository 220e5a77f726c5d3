using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Transcripts.Pages;

namespace Munshi.Vault.Transcripts;

/// <summary><c>GET /inbox/{id}/transcript</c>: what saving a conversation means, and who saved it before. For owners.</summary>
internal static class ShowTranscript
{
    public static string Url(Guid conversationId) => $"/inbox/{conversationId}/transcript";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inbox/{id:guid}/transcript", HandleAsync).WithName(nameof(ShowTranscript)).ForOwners();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, SavedTranscripts transcripts, DashboardPages pages, CancellationToken cancellationToken) =>
        await transcripts.ViewAsync(person.ClientId, id, cancellationToken) is { } view
            ? await RenderAsync(context, person, view, StatusCodes.Status200OK, pages, cancellationToken)
            : TypedResults.NotFound();

    internal static async Task<RazorComponentResult<TranscriptPage>> RenderAsync(
        HttpContext context, SignedIn person, TranscriptView view, int status, DashboardPages pages, CancellationToken cancellationToken) =>
        new(new Dictionary<string, object?>
        {
            [nameof(TranscriptPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(TranscriptPage.View)] = view,
        })
        {
            StatusCode = status,
        };
}
