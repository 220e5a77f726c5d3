using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Import.Pages;

namespace Munshi.Import.Uploading;

/// <summary><c>GET /settings/imports/uploads/{id}</c>: how far an upload is. Asked again every few seconds by the browser until it is settled.</summary>
internal static class ShowUpload
{
    private const string Route = ShowImports.Url + "/uploads/{id:guid}";
    private const string Seconds = "2";

    public static string Url(Guid id) => $"{ShowImports.Url}/uploads/{id}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Route, HandleAsync).WithName(nameof(ShowUpload)).ForOwners();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, ChatUploads uploads, DashboardPages pages, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(person.ClientId, id, cancellationToken) is not { } upload)
        {
            return TypedResults.NotFound();
        }

        if (upload.IsOpen)
        {
            context.Response.Headers["Refresh"] = Seconds;
        }

        return new RazorComponentResult<UploadPage>(new Dictionary<string, object?>
        {
            [nameof(UploadPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(UploadPage.Upload)] = upload,
        });
    }
}
