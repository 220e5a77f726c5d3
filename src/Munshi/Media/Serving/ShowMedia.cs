using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Munshi.Access;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Media.Files;
using Munshi.Vault;

namespace Munshi.Media.Serving;

/// <summary>
/// <c>GET /media/{id}?until=&amp;as=&amp;sign=</c>: a file, or a part of it. Session, link and key are asked anew for every part.
/// <c>GET /media/{id}/open</c>: leads to it by a fresh link.
/// </summary>
internal sealed partial class ShowMedia(WorkspaceDatabase database, KeyCustodian custodian, IMediaStore store, WordOpener opener, MediaLinks links, ILogger<ShowMedia> logger)
{
    private const string Preview = "preview";

    /// <summary>Whatever it is, it runs nothing, loads nothing and stands in no frame.</summary>
    private const string Policy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(
            "/media/{id:guid}",
            [HttpMethods.Get, HttpMethods.Head],
            (Guid id, string? until, string? sign, string? @as, SignedIn person, HttpContext context, ShowMedia endpoint, CancellationToken cancellationToken) =>
                endpoint.HandleAsync(id, until, sign, @as == Preview, person, context, cancellationToken))
            .WithName(nameof(ShowMedia)).ForMembers();
        routes.MapGet("/media/{id:guid}/open", (Guid id, SignedIn person, HttpContext context, ShowMedia endpoint) => endpoint.Open(id, person, context))
            .WithName("OpenMedia").ForMembers();
    }

    private async Task<IResult> HandleAsync(
        Guid id, string? until, string? sign, bool isPreview, SignedIn person, HttpContext context, CancellationToken cancellationToken)
    {
        if (!links.Honours(person, id, isPreview, until, sign)
            || await ServedMedia.FindAsync(database, person.ClientId, id, opener, cancellationToken) is not { } media
            || custodian.Find(media.KeyId) is not { } key)
        {
            return TypedResults.NotFound();
        }

        return isPreview
            ? ShowPreview(media, key, person.ClientId, context)
            : await ShowAsync(media, key, person.ClientId, context, cancellationToken);
    }

    private RedirectHttpResult Open(Guid id, SignedIn person, HttpContext context)
    {
        Guard(context);
        return TypedResults.LocalRedirect(links.Of(person, id, isPreview: false));
    }

    private async Task<IResult> ShowAsync(ServedMedia media, KeyMaterial key, Guid clientId, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.OpenAsync(media.FileHash, cancellationToken) is not { } file)
            {
                Log.Missing(logger, media.Id);
                return TypedResults.NotFound();
            }

            MediaReader content = await MediaReader.OpenAsync(file, key, clientId, media.Id, cancellationToken);
            if (content.Length != media.Length)
            {
                await content.DisposeAsync();
                throw new MediaDamagedException();
            }

            Guard(context);
            return TypedResults.Stream(
                content, media.Type.Name, media.Type.Shown ? null : DownloadName.Of(media.Name, media.Id, media.Type), enableRangeProcessing: true);
        }
        catch (MediaDamagedException)
        {
            Log.Damaged(logger, media.Id);
            return TypedResults.NotFound();
        }
    }

    private IResult ShowPreview(ServedMedia media, KeyMaterial key, Guid clientId, HttpContext context)
    {
        if (media.Preview is not { } sealedPreview)
        {
            return TypedResults.NotFound();
        }

        try
        {
            byte[] preview = SealedValue.Open(key, new SealContext(clientId, media.Id, MediaRecord.PreviewColumn), sealedPreview);
            Guard(context);
            return TypedResults.Bytes(preview, MediaType.Jpeg.Name);
        }
        catch (CryptographicException)
        {
            Log.Damaged(logger, media.Id);
            return TypedResults.NotFound();
        }
    }

    private static void Guard(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers[HeaderNames.AcceptRanges] = "bytes";
    }

    private static partial class Log
    {
        [LoggerMessage(7106, LogLevel.Error, "The stored file of {MediaId} is not there")]
        public static partial void Missing(ILogger logger, Guid mediaId);

        [LoggerMessage(7107, LogLevel.Error, "The stored file of {MediaId} is not what was written")]
        public static partial void Damaged(ILogger logger, Guid mediaId);
    }
}
