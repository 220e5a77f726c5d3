using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Munshi.Channels;
using Munshi.Media.Files;
using Munshi.WhatsApp.Files;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Media.Fetching;

/// <summary>Looks a file up and streams it from Meta into an encrypted one. It never throws for what the network or Meta does.</summary>
internal sealed class MediaDownload(GraphFiles graph, MediaHttp http, TimeProvider clock)
{
    /// <summary>100 MB: what WhatsApp lets a customer send.</summary>
    public const long MaxBytes = 100L * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;
    private const int MaxRedirects = 3;

    /// <summary>A connection without a byte for so long is given up.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(20);

    /// <summary>For the whole file, however slowly it comes.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(15);

    private static readonly ProductInfoHeaderValue UserAgent = new("Munshi", null);

    /// <param name="file">As the webhook named it; with an id.</param>
    /// <param name="from">The number that it came to.</param>
    /// <param name="open">Begins the encrypted file anew, for each try.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<FetchOutcome> FetchAsync(MediaFile file, NumberCredentials from, Func<Task<MediaWriter>> open, CancellationToken cancellationToken)
    {
        FetchOutcome outcome = await FetchOnceAsync(file, from, open, cancellationToken);

        // The address may have run out on the way: it is looked up once more.
        return outcome is FetchOutcome.NotThere ? await FetchOnceAsync(file, from, open, cancellationToken) : outcome;
    }

    private async Task<FetchOutcome> FetchOnceAsync(MediaFile file, NumberCredentials from, Func<Task<MediaWriter>> open, CancellationToken cancellationToken) =>
        await graph.LookUpAsync(file.Id!, from.PhoneNumberId, from.AccessToken, cancellationToken) switch
        {
            FileLookup.Found { Bytes: > MaxBytes } => new FetchOutcome.TooLarge(),
            FileLookup.Found found => await DownloadAsync(found, file.Digest(), from.AccessToken, open, cancellationToken),
            FileLookup.Refused { IsGone: true } => new FetchOutcome.NotThere(),
            FileLookup.Refused refused when IsToken(refused) => new FetchOutcome.TokenRefused(),
            _ => new FetchOutcome.Unreachable(),
        };

    /// <summary>190 and 0: invalid or expired; 3, 10 and 200 to 299: a permission is missing.</summary>
    private static bool IsToken(FileLookup.Refused refused) =>
        refused.Code is 0 or 190 or 3 or 10 or (>= 200 and <= 299) || refused.HttpStatus is 401 or 403;

    private async Task<FetchOutcome> DownloadAsync(
        FileLookup.Found found, byte[]? toldDigest, string accessToken, Func<Task<MediaWriter>> open, CancellationToken cancellationToken)
    {
        using CancellationTokenSource whole = new(Whole, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellationToken);
        try
        {
            using HttpResponseMessage? response = await OpenAsync(found.Link, accessToken, either);
            switch (response?.StatusCode)
            {
                case null:
                    return new FetchOutcome.StrangeAddress();
                case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                    return new FetchOutcome.NotThere();
                case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                    return new FetchOutcome.TokenRefused();
                case HttpStatusCode.OK:
                    break;
                default:
                    return new FetchOutcome.Unreachable();
            }

            if (response.Content.Headers.ContentLength > MaxBytes)
            {
                return new FetchOutcome.TooLarge();
            }

            using MediaWriter writer = await open();
            return await CopyAsync(response, found, toldDigest, writer, either);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException { InnerException: not null } or HttpIOException
            || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new FetchOutcome.Unreachable();
        }
    }

    /// <summary>The token goes to the host that Graph named, never on to another one that redirects.</summary>
    /// <returns>Null where the way leads to a host that is none of Meta's.</returns>
    private async Task<HttpResponseMessage?> OpenAsync(Uri link, string accessToken, CancellationTokenSource limit)
    {
        Uri first = link;
        for (int redirects = 0; ; redirects++)
        {
            if (!http.Hosts.Any(host => host.Covers(link)))
            {
                return null;
            }

            using HttpRequestMessage request = new(HttpMethod.Get, link);
            request.Headers.UserAgent.Add(UserAgent);
            if (Uri.Compare(first, link, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            }

            using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            stall.CancelAfter(Stall);
            HttpResponseMessage response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
            if (response.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || response.Headers.Location is not { } location
                || redirects == MaxRedirects)
            {
                return response;
            }

            response.Dispose();
            link = new Uri(link, location);
        }
    }

    private static async Task<FetchOutcome> CopyAsync(
        HttpResponseMessage response, FileLookup.Found found, byte[]? toldDigest, MediaWriter writer, CancellationTokenSource limit)
    {
        byte[] buffer = new byte[BufferBytes];
        byte[] head = new byte[MediaType.HeadBytes];
        int headBytes = 0;
        using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(stall.Token);
            while (true)
            {
                stall.CancelAfter(Stall);
                int read = await body.ReadAsync(buffer, stall.Token);
                if (read == 0)
                {
                    break;
                }

                if (writer.Bytes + read > found.Bytes)
                {
                    return new FetchOutcome.WrongLength();
                }

                if (writer.Bytes + read > MaxBytes)
                {
                    return new FetchOutcome.TooLarge();
                }

                int wanted = Math.Min(read, head.Length - headBytes);
                buffer.AsSpan(0, wanted).CopyTo(head.AsSpan(headBytes));
                headBytes += wanted;
                await writer.WriteAsync(buffer.AsMemory(0, read), limit.Token);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }

        if (found.Bytes is { } told && writer.Bytes != told)
        {
            return new FetchOutcome.WrongLength();
        }

        SealedMedia written = await writer.FinishAsync(limit.Token);
        bool differs = new[] { toldDigest, found.Digest }.Any(digest => digest is not null && !digest.AsSpan().SequenceEqual(written.PlaintextHash));
        return differs
            ? new FetchOutcome.WrongHash()
            : new FetchOutcome.Fetched(written, MediaType.Of(head.AsSpan(0, headBytes)), toldDigest is not null || found.Digest is not null);
    }
}
