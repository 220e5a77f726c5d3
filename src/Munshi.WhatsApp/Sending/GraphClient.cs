using System.Net.Http.Headers;

namespace Munshi.WhatsApp.Sending;

/// <summary>Sends through the WhatsApp Cloud API. Every end of a call is a <see cref="SendOutcome"/>; it never throws for what the network or Meta does.</summary>
/// <remarks>
/// Safe for concurrent use. The handler must not follow redirects (a 3xx is a refusal), must not repeat requests, and one that refuses a
/// request throws <see cref="HttpRequestException"/> before reading the content.
/// </remarks>
public sealed class GraphClient
{
    /// <summary>256 KiB; Graph's answers have a few hundred bytes.</summary>
    private const int MaxAnswerBytes = 256 * 1024;

    private static readonly ProductInfoHeaderValue UserAgent = new("Munshi", null);

    private readonly HttpClient _http;
    private readonly GraphOptions _options;
    private readonly TimeProvider _clock;
    private readonly string _root;

    /// <exception cref="ArgumentException">The base address is no HTTP address, the version not of the form <c>v26.0</c>, or the time-out not positive.</exception>
    public GraphClient(HttpClient http, GraphOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        if (!options.BaseAddress.IsAbsoluteUri || options.BaseAddress.Scheme is not ("https" or "http"))
        {
            throw new ArgumentException("The base address must be an absolute HTTP address.", nameof(options));
        }

        if (!IsVersion(options.Version))
        {
            throw new ArgumentException("The version must have the form v26.0.", nameof(options));
        }

        _http = http;
        _options = options;
        _clock = clock;
        _root = $"{options.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{options.Version}/";
    }

    /// <summary>Sends one message.</summary>
    /// <param name="request">What to send; it is checked before anything else.</param>
    /// <param name="cancellationToken">Once the message has begun to leave, cancelling gives <see cref="SendOutcome.Uncertain"/>.</param>
    /// <exception cref="ArgumentException">The request could never be sent: its number id, token or content have not the form described. The message repeats none of them.</exception>
    public Task<SendOutcome> SendAsync(SendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Recipient);
        ArgumentNullException.ThrowIfNull(request.Content);
        return request.Content.Fits && request.Content is not OutboundMedia { AwaitsUpload: true }
            ? PostAsync(request.PhoneNumberId, request.AccessToken, GraphJson.Message(request), markedId: null, cancellationToken)
            : throw new ArgumentException("The content goes beyond Meta's limits, or its file was not uploaded.", nameof(request));
    }

    /// <summary>Marks a message as read. Harmless to repeat, so that an uncertain end needs no care.</summary>
    /// <param name="request">What to mark.</param>
    /// <param name="cancellationToken">As for <see cref="SendAsync"/>.</param>
    /// <exception cref="ArgumentException">As for <see cref="SendAsync"/>.</exception>
    public Task<SendOutcome> SendReadMarkAsync(ReadMarkRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(request.MessageId);
        return PostAsync(request.PhoneNumberId, request.AccessToken, GraphJson.ReadMark(request), request.MessageId, cancellationToken);
    }

    private async Task<SendOutcome> PostAsync(
        string phoneNumberId, string accessToken, ReadOnlyMemory<byte> json, string? markedId, CancellationToken cancellationToken)
    {
        using GraphBody body = new(json);
        using HttpRequestMessage message = Message(phoneNumberId, accessToken, body);
        using CancellationTokenSource timeout = new(_options.Timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            return await ReadAsync(response, markedId, either.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            bool byCaller = cancellationToken.IsCancellationRequested;
            return body.Started
                ? new SendOutcome.Uncertain(byCaller ? UncertainReason.Cancelled : UncertainReason.TimedOut)
                : new SendOutcome.NotSent(byCaller ? NotSentReason.Cancelled : NotSentReason.TimedOut);
        }
        catch (HttpRequestException broken)
        {
            NotSentReason? reason = BeforeSending(broken.HttpRequestError);
            return reason is null && body.Started
                ? new SendOutcome.Uncertain(UncertainReason.ConnectionBroken)
                : new SendOutcome.NotSent(reason ?? NotSentReason.NotConnected);
        }
    }

    private HttpRequestMessage Message(string phoneNumberId, string accessToken, GraphBody body)
    {
        if (phoneNumberId is not { Length: > 0 and <= 32 } || phoneNumberId.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException("The phone number id must be 1 to 32 digits.", nameof(phoneNumberId));
        }

        if (string.IsNullOrEmpty(accessToken) || accessToken.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("The access token must be visible ASCII.", nameof(accessToken));
        }

        HttpRequestMessage message = new(HttpMethod.Post, $"{_root}{phoneNumberId}/messages")
        {
            Content = body,
            Version = _http.DefaultRequestVersion,
            VersionPolicy = _http.DefaultVersionPolicy,
        };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        message.Headers.UserAgent.Add(UserAgent);
        return message;
    }

    /// <summary>The failures that happen only while connecting; null for one that may come later.</summary>
    private static NotSentReason? BeforeSending(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => NotSentReason.NameNotResolved,
        HttpRequestError.ConnectionError => NotSentReason.ConnectionFailed,
        HttpRequestError.SecureConnectionError => NotSentReason.TlsFailed,
        HttpRequestError.ProxyTunnelError => NotSentReason.ProxyFailed,
        HttpRequestError.VersionNegotiationError => NotSentReason.NotConnected,
        _ => null,
    };

    private async Task<SendOutcome> ReadAsync(
        HttpResponseMessage response, string? markedId, CancellationToken either, CancellationToken callers)
    {
        (byte[] answer, UncertainReason? failure) = await ReadBodyAsync(response, either, callers).ConfigureAwait(false);
        return failure is { } reason && response.IsSuccessStatusCode
            ? new SendOutcome.Uncertain(reason)
            : GraphAnswer.Read(response.StatusCode, response.Headers.RetryAfter, answer, markedId, _clock.GetUtcNow());
    }

    private static async Task<(byte[] Answer, UncertainReason? Failure)> ReadBodyAsync(
        HttpResponseMessage response, CancellationToken either, CancellationToken callers)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, either).ConfigureAwait(false);
            return (await response.Content.ReadAsByteArrayAsync(either).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException)
        {
            return ([], callers.IsCancellationRequested ? UncertainReason.Cancelled : UncertainReason.TimedOut);
        }
        catch (HttpRequestException tooLarge) when (tooLarge.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return ([], UncertainReason.Unreadable);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException)
        {
            return ([], UncertainReason.ConnectionBroken);
        }
    }

    private static bool IsVersion(string version)
    {
        ReadOnlySpan<char> numbers = version.StartsWith('v') ? version.AsSpan(1) : default;
        int dot = numbers.IndexOf('.');
        return dot is > 0 and < 4
            && numbers.Length - dot is > 1 and < 4
            && !numbers[..dot].ContainsAnyExceptInRange('0', '9')
            && !numbers[(dot + 1)..].ContainsAnyExceptInRange('0', '9');
    }
}
