using Munshi.Access;
using Munshi.Web;

namespace Munshi.Import.Uploading;

/// <summary><c>POST /settings/imports/uploads/{id}/stop</c>: breaks an import off. Asked twice, it is done once.</summary>
internal static class StopUpload
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(ShowImports.Url + "/uploads/{id:guid}/stop", HandleAsync)
        .WithName(nameof(StopUpload))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(Guid id, SignedIn person, ChatUploads uploads, CancellationToken cancellationToken)
    {
        await uploads.StopAsync(person.ClientId, id, person.PersonId, cancellationToken);
        return TypedResults.LocalRedirect(ShowUpload.Url(id));
    }
}
