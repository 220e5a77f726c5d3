using Munshi.Access;
using Munshi.Web;

namespace Munshi.Vault.Transcripts;

/// <summary>
/// <c>POST /inbox/{id}/transcript</c>: the conversation as a file to be kept. For owners; that it was saved is recorded first. 409 and the page, saying so, where no
/// checkpoint was signed yet.
/// </summary>
internal static class DownloadTranscript
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/transcript", HandleAsync)
        .WithName(nameof(DownloadTranscript))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, SavedTranscripts transcripts, TranscriptWriter writer, DashboardPages pages, CancellationToken cancellationToken)
    {
        switch (await transcripts.BeginAsync(person, id, cancellationToken))
        {
            case TranscriptStart.Begun { Plan: { } plan }:
                context.Response.Headers.CacheControl = "private, no-store";
                return TypedResults.Stream(
                    target => writer.WriteAsync(person, plan, target, cancellationToken), "text/html; charset=utf-8", $"conversation-{id.ToString()[^8..]}.html");
            case TranscriptStart.Unsigned when await transcripts.ViewAsync(person.ClientId, id, cancellationToken) is { } view:
                return await ShowTranscript.RenderAsync(context, person, view with { IsUnsigned = true }, StatusCodes.Status409Conflict, pages, cancellationToken);
            default:
                return TypedResults.NotFound();
        }
    }
}
