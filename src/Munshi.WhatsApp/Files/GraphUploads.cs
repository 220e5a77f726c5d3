using System.Net.Http.Headers;
using System.Text.Json;
using Munshi.WhatsApp.Json;
using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Files;

/// <summary><c>POST /{phone_number_id}/media</c>: gives Meta a file, before a message that shows it. It never throws for what the network or Meta does.</summary>
/// <remarks>Safe for concurrent use. The same demands on the handler as <see cref="GraphClient"/>; the client has no time limit of its own.</remarks>
public sealed class GraphUploads
{
    private const int MaxAnswerBytes = 256 * 1024;

    /// <summary>128 KiB: a line that is slower is taken for broken.</summary>
    private const double SlowestBytesPerSecond = 128 * 1024;

    private static readonly ProductInfoHeaderValue UserAgent = new("Munshi", null);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly string _root;

    public GraphUploads(HttpClient http, GraphOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        (_http, _timeout, _clock) = (http, options.Timeout, clock);
        _root = $"{options.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{options.Version}/";
    }

    /// <param name="file">What to upload; what its stream throws is thrown on.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The number's id is not 1 to 32 digits, or the token not visible ASCII.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<FileUpload> UploadAsync(UploadFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        using HttpRequestMessage message = Message(file);
        using CancellationTokenSource timeout = new(_timeout + TimeSpan.FromSeconds(file.Length / SlowestBytesPerSecond), _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, either.Token).ConfigureAwait(false);
            return Read(response, await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FileUpload.Failed(new SendOutcome.NotSent(NotSentReason.TimedOut));
        }
        catch (HttpRequestException)
        {
            return new FileUpload.Failed(new SendOutcome.NotSent(NotSentReason.NotConnected));
        }
    }

    private HttpRequestMessage Message(UploadFile file)
    {
        if (file.PhoneNumberId is not { Length: > 0 and <= 32 } || file.PhoneNumberId.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException("The phone number id must be 1 to 32 digits.", nameof(file));
        }

        if (string.IsNullOrEmpty(file.AccessToken) || file.AccessToken.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("The access token must be visible ASCII.", nameof(file));
        }

        StreamContent content = new(file.Content);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(file.ContentType);
        content.Headers.ContentLength = file.Length;
        HttpRequestMessage message = new(HttpMethod.Post, $"{_root}{file.PhoneNumberId}/media")
        {
            // The name in the form reaches nobody: a document's own travels with its message.
            Content = new MultipartFormDataContent
            {
                { new StringContent("whatsapp"), "messaging_product" },
                { new StringContent(file.ContentType), "type" },
                { content, "file", "file" },
            },
        };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", file.AccessToken);
        message.Headers.UserAgent.Add(UserAgent);
        return message;
    }

    private FileUpload Read(HttpResponseMessage response, byte[] answer)
    {
        if (response.IsSuccessStatusCode && JsonFields.TryParse(answer, out JsonDocument? document))
        {
            using (document)
            {
                if (document.RootElement.Field("id"u8).Id(64) is { } id && !id.AsSpan().ContainsAnyExceptInRange('0', '9'))
                {
                    return new FileUpload.Kept(id);
                }
            }
        }

        return new FileUpload.Failed(GraphAnswer.Read(response.StatusCode, response.Headers.RetryAfter, answer, markedId: null, _clock.GetUtcNow()) switch
        {
            SendOutcome.Refused refused => refused,
            _ => new SendOutcome.NotSent(NotSentReason.NotConnected),
        });
    }
}
