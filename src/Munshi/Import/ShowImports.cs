using Munshi.Access;
using Munshi.Import.Uploading;

namespace Munshi.Import;

/// <summary><c>GET /settings/imports?before=</c>: the chats that were imported, what each added, and where another is given.</summary>
internal static class ShowImports
{
    public const string Url = "/settings/imports";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Url, HandleAsync).WithName(nameof(ShowImports)).ForOwners();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, string? before, string? done, ImportsScreen screen, CancellationToken cancellationToken)
    {
        Guid cursor = default;
        return before is not null && !Guid.TryParseExact(before, "D", out cursor)
            ? TypedResults.BadRequest()
            : await screen.ShowAsync(context, person, before is null ? null : cursor, done is not null, UploadDraft.Empty, cancellationToken);
    }
}
