using System.Net.Http.Headers;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>Asks Graph about a business number, and subscribes the token's app to an account's webhooks. It never throws for what the network or Meta does.</summary>
/// <remarks>Safe for concurrent use. The same demands on the handler as <see cref="GraphClient"/>.</remarks>
public sealed class GraphAccount
{
    private const int MaxAnswerBytes = 256 * 1024;
    private const int MaxIdLength = 32;
    private const int MaxNameLength = 256;
    private const int MostDigits = 15;

    private static readonly ProductInfoHeaderValue UserAgent = new("Munshi", null);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly string _root;

    public GraphAccount(HttpClient http, GraphOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        (_http, _timeout, _clock) = (http, options.Timeout, clock);
        _root = $"{options.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{options.Version}/";
    }

    /// <summary><c>GET /{phone_number_id}</c>: whether the token reaches the number, and which number it is.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 32 digits, or the token not visible ASCII.</exception>
    public Task<AccountOutcome> ReadNumberAsync(string phoneNumberId, string accessToken, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, $"{Checked(phoneNumberId)}?fields=id,display_phone_number,verified_name", accessToken, Number, cancellationToken);

    /// <summary><c>POST /{waba_id}/subscribed_apps</c>: without it no webhook flows, whatever the app's dashboard shows.</summary>
    /// <exception cref="ArgumentException">As for <see cref="ReadNumberAsync"/>.</exception>
    public Task<AccountOutcome> SubscribeAsync(string wabaId, string accessToken, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post,
            $"{Checked(wabaId)}/subscribed_apps",
            accessToken,
            root => root.Field("success"u8).IsTrue() ? new AccountOutcome.Subscribed() : new AccountOutcome.Unreachable(),
            cancellationToken);

    private async Task<AccountOutcome> CallAsync(
        HttpMethod method, string path, string accessToken, Func<JsonElement, AccountOutcome> read, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(accessToken) || accessToken.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("The access token must be visible ASCII.", nameof(accessToken));
        }

        using HttpRequestMessage message = new(method, _root + path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        message.Headers.UserAgent.Add(UserAgent);
        using CancellationTokenSource timeout = new(_timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, either.Token).ConfigureAwait(false);
            return Read(await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false), (int)response.StatusCode, read);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException
            || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new AccountOutcome.Unreachable();
        }
    }

    private static AccountOutcome Read(byte[] answer, int status, Func<JsonElement, AccountOutcome> read)
    {
        bool isJson = JsonFields.TryParse(answer, out JsonDocument? document);
        using (document)
        {
            return isJson && document!.RootElement.Field("error"u8).Field("code"u8).Int32() is { } code
                ? new AccountOutcome.Refused(code, status)
                : status switch
                {
                    >= 200 and <= 299 when isJson => read(document!.RootElement),
                    >= 300 and <= 499 => new AccountOutcome.Refused(GraphErrorClass.NoCode, status),
                    _ => new AccountOutcome.Unreachable(),
                };
        }
    }

    private static AccountOutcome Number(JsonElement root)
    {
        string shown = root.Field("display_phone_number"u8).Text(MaxIdLength) ?? "";
        string digits = string.Concat(shown.Where(char.IsAsciiDigit));
        return new AccountOutcome.Number(
            digits.Length is >= 8 and <= MostDigits ? digits : null, root.Field("verified_name"u8).Text(MaxNameLength));
    }

    private static string Checked(string id) =>
        id is { Length: > 0 and <= MaxIdLength } && !id.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? id
            : throw new ArgumentException("The id must be 1 to 32 digits.", nameof(id));
}
