using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Media;

/// <summary><c>GET /whatsapp_business/attachments/?mid=&amp;ext=&amp;hash=</c>: the host that files are downloaded from, with the token and for five minutes.</summary>
internal sealed class DownloadMedia(BusinessNumbers numbers, MediaFiles files, Faults faults)
{
    /// <summary>More than anybody may send: 101 MB.</summary>
    private const int TooLargeBytes = 101 * UploadLimits.MiB;

    public static void Map(WebApplication app) => app.MapGet(
        "/whatsapp_business/attachments/",
        (string? mid, string? ext, string? hash, HttpContext context, DownloadMedia endpoint) => endpoint.HandleAsync(mid ?? "", ext ?? "", hash ?? "", context));

    private async Task HandleAsync(string id, string until, string hash, HttpContext context)
    {
        if (faults.IsAlways(Fault.TokenRevoked) || !numbers.All.Any(number => MediaAccess.IsOf(number, context.Request)))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!files.Honours(id, until, hash)
            || files.Find(id) is not { } file
            || numbers.Find(file.PhoneNumberId) is not { } number
            || !MediaAccess.IsOf(number, context.Request)
            || faults.Take(Fault.MediaExpired))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = file.ContentType;
        if (faults.Take(Fault.MediaEndless))
        {
            await RepeatAsync(file.Content, long.MaxValue, context);
        }
        else if (faults.Take(Fault.MediaTooLarge))
        {
            await RepeatAsync(file.Content, TooLargeBytes, context);
        }
        else
        {
            byte[] content = faults.Take(Fault.MediaWrongHash) ? Altered(file.Content) : file.Content;
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    /// <summary>The same bytes over and over, without a length ahead.</summary>
    private static async Task RepeatAsync(byte[] content, long length, HttpContext context)
    {
        byte[] part = content.Length >= UploadLimits.MiB
            ? content
            : [.. Enumerable.Repeat(content.Length == 0 ? [0] : content, (UploadLimits.MiB / Math.Max(1, content.Length)) + 1).SelectMany(bytes => bytes)];
        try
        {
            for (long left = length; left > 0; left -= part.Length)
            {
                await context.Response.Body.WriteAsync(part.AsMemory(0, (int)Math.Min(left, part.Length)), context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever downloads has had enough.
        }
    }

    private static byte[] Altered(byte[] content)
    {
        byte[] altered = [.. content];
        if (altered.Length > 0)
        {
            altered[^1] ^= 1;
        }

        return altered;
    }
}
