using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Web;

namespace Munshi.Knowledge;

/// <summary><c>POST /knowledge/import</c>: a FAQ as CSV or JSON Lines, all of it or nothing, with every problem and its line.</summary>
internal static class UploadFaq
{
    /// <summary>The largest file, and what a form puts around it.</summary>
    private const int MaxBodyBytes = FaqReader.MaxBytes + (64 * 1024);

    private static readonly FaqProblem NoFile = new(0, "file", "is missing or empty", "a CSV or JSON Lines file") { Fault = FaqFault.Empty };

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(KnowledgeUrls.Import, HandleAsync)
        .WithName(nameof(UploadFaq))
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    private static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, KnowledgeBase knowledge, KnowledgeScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return await screen.ListAsync(context, person, changed: null, saved: false, [NoFile], cancellationToken);
        }

        await using Stream content = file.OpenReadStream();
        FaqReading reading = await FaqReader.ReadAsync(content, cancellationToken);
        if (reading is FaqReading.Refused refused)
        {
            return await screen.ListAsync(context, person, changed: null, saved: false, refused.Problems, cancellationToken);
        }

        IReadOnlyList<FaqEntry> entries = ((FaqReading.Read)reading).Entries;
        int changed = await knowledge.ImportAsync(person.ClientId, entries, Actor.Person(person.PersonId), cancellationToken);
        return TypedResults.LocalRedirect($"{KnowledgeUrls.List}?changed={changed}");
    }
}
