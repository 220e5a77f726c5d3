using System.Globalization;
using System.Text;
using System.Text.Json;
using Munshi.WhatsApp.Json;
using Munshi.WhatsApp.Sending;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Files;

/// <summary><c>GET /{media_id}?phone_number_id=</c>: where a file can be downloaded. It never throws for what the network or Meta does.</summary>
/// <remarks>Safe for concurrent use. The same demands on the handler as <see cref="GraphClient"/>.</remarks>
public sealed class GraphFiles
{
    private const int MaxAnswerBytes = 256 * 1024;
    private const int MaxLinkLength = 4096;

    private readonly GraphCall _graph;

    public GraphFiles(HttpClient http, GraphOptions options, TimeProvider clock) => _graph = new GraphCall(http, options, clock, MaxAnswerBytes);

    /// <param name="fileId">Meta's, as a webhook gave it: any text.</param>
    /// <param name="phoneNumberId">Graph answers only for files of this number.</param>
    /// <param name="accessToken">Visible ASCII.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The token is not visible ASCII.</exception>
    public async Task<FileLookup> LookUpAsync(string fileId, string phoneNumberId, string accessToken, CancellationToken cancellationToken)
    {
        if (fileId is null or "." or "..")
        {
            return new FileLookup.Refused(GraphErrorClass.NoCode, 404);
        }

        (byte[]? answer, int status) = await _graph
            .SendAsync(HttpMethod.Get, $"{Uri.EscapeDataString(fileId)}?phone_number_id={Uri.EscapeDataString(phoneNumberId)}", accessToken, cancellationToken)
            .ConfigureAwait(false);
        return answer is null ? new FileLookup.Unreachable() : Read(answer, status);
    }

    private static FileLookup Read(byte[] answer, int status)
    {
        bool isJson = JsonFields.TryParse(answer, out JsonDocument? document);
        using (document)
        {
            return isJson && document!.RootElement.Field("error"u8).Field("code"u8).Int32() is { } code
                ? new FileLookup.Refused(code, status)
                : status switch
                {
                    >= 200 and <= 299 when isJson => Found(document!.RootElement),
                    >= 300 and <= 499 => new FileLookup.Refused(GraphErrorClass.NoCode, status),
                    _ => new FileLookup.Unreachable(),
                };
        }
    }

    private static FileLookup Found(JsonElement root) =>
        Uri.TryCreate(root.Field("url"u8).Text(MaxLinkLength), UriKind.Absolute, out Uri? link)
            ? new FileLookup.Found(link, Bytes(root.Field("file_size"u8)), new MediaFile { Sha256 = root.Field("sha256"u8).Text(128) }.Digest())
            : new FileLookup.Unreachable();

    /// <summary>A number, or a string of digits.</summary>
    private static long? Bytes(JsonElement size) =>
        size.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && long.TryParse(Encoding.ASCII.GetString(size.Raw()).Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? bytes
            : null;
}
