using Munshi.Access;
using Munshi.Vault;

namespace Munshi.Notices;

/// <summary><c>GET /settings/notices</c>: the recent notices with what became of their mails, and the viewer's own settings.</summary>
internal static class ShowNotices
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(NoticeUrls.Settings, HandleAsync).WithName(nameof(ShowNotices)).ForOwners();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, string? before, string? done, NoticesScreen screen, CancellationToken cancellationToken)
    {
        PageCursor cursor = default;
        return before is not null && !PageCursor.TryParse(before, out cursor)
            ? TypedResults.BadRequest()
            : await screen.ShowAsync(context, person, before is null ? null : cursor, refused: null, done, cancellationToken);
    }
}
