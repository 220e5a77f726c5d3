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
    private const int MaxWordLength = 64;

    /// <summary>9999-12-31T23:59:59Z.</summary>
    private const long MaxUnixSeconds = 253_402_300_799;

    private const int MostDigits = 15;

    private readonly GraphCall _graph;

    public GraphAccount(HttpClient http, GraphOptions options, TimeProvider clock) => _graph = new GraphCall(http, options, clock, MaxAnswerBytes);

    /// <summary><c>GET /{phone_number_id}</c>: whether the token reaches the number, and which number it is.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 32 digits, or the token not visible ASCII.</exception>
    public Task<AccountOutcome> ReadNumberAsync(string phoneNumberId, string accessToken, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, $"{Checked(phoneNumberId)}?fields=id,display_phone_number,verified_name", accessToken, Number, cancellationToken);

    /// <summary><c>GET /{phone_number_id}</c>: how the number is, and whether the token still reaches it.</summary>
    /// <exception cref="ArgumentException">As for <see cref="ReadNumberAsync"/>.</exception>
    public Task<AccountOutcome> ReadHealthAsync(string phoneNumberId, string accessToken, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Get,
            $"{Checked(phoneNumberId)}?fields=id,quality_rating,throughput,whatsapp_business_manager_messaging_limit,is_on_biz_app",
            accessToken,
            root => new AccountOutcome.Health(
                Word(root.Field("quality_rating"u8)),
                Word(root.Field("whatsapp_business_manager_messaging_limit"u8)),
                Word(root.Field("throughput"u8).Field("level"u8)),
                root.Field("is_on_biz_app"u8).IsTrue()),
            cancellationToken);

    /// <summary><c>GET /debug_token</c> about the token itself: whether and until when it works.</summary>
    /// <exception cref="ArgumentException">The token is not visible ASCII.</exception>
    public Task<AccountOutcome> InspectTokenAsync(string accessToken, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, $"debug_token?input_token={Uri.EscapeDataString(accessToken)}", accessToken, Token, cancellationToken);

    /// <summary><c>POST /{waba_id}/subscribed_apps</c>: without it no webhook flows, whatever the app's dashboard shows.</summary>
    /// <exception cref="ArgumentException">As for <see cref="ReadNumberAsync"/>.</exception>
    public Task<AccountOutcome> SubscribeAsync(string wabaId, string accessToken, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post,
            $"{Checked(wabaId)}/subscribed_apps",
            accessToken,
            root => root.Field("success"u8).IsTrue() ? new AccountOutcome.Subscribed() : new AccountOutcome.Unreachable(),
            cancellationToken);

    /// <summary><c>GET /{waba_id}/subscribed_apps</c>: whether any webhook can come.</summary>
    /// <exception cref="ArgumentException">As for <see cref="ReadNumberAsync"/>.</exception>
    public Task<AccountOutcome> ReadSubscriptionsAsync(string wabaId, string accessToken, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, $"{Checked(wabaId)}/subscribed_apps", accessToken, Apps, cancellationToken);

    private async Task<AccountOutcome> CallAsync(
        HttpMethod method, string path, string accessToken, Func<JsonElement, AccountOutcome> read, CancellationToken cancellationToken)
    {
        (byte[]? answer, int status) = await _graph.SendAsync(method, path, accessToken, cancellationToken).ConfigureAwait(false);
        return answer is null ? new AccountOutcome.Unreachable() : Read(answer, status, read);
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

    private static AccountOutcome Token(JsonElement root)
    {
        JsonElement data = root.Field("data"u8);
        return data.ValueKind != JsonValueKind.Object
            ? new AccountOutcome.Unreachable()
            : new AccountOutcome.Token(
                data.Field("is_valid"u8).IsTrue(),
                data.Field("expires_at"u8).WholeNumber() is { } seconds and > 0 and <= MaxUnixSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null)
            {
                AppId = Word(data.Field("app_id"u8)),
            };
    }

    private static AccountOutcome Apps(JsonElement root)
    {
        JsonElement data = root.Field("data"u8);
        return data.ValueKind != JsonValueKind.Array
            ? new AccountOutcome.Unreachable()
            : new AccountOutcome.Subscriptions([.. data.EnumerateArray().Select(app => Word(app.Field("whatsapp_business_api_data"u8).Field("id"u8)) ?? "")]);
    }

    private static string? Word(JsonElement element) =>
        element.Text(MaxWordLength) is { Length: > 0 } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? word : null;

    private static string Checked(string id) =>
        id is { Length: > 0 and <= MaxIdLength } && !id.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? id
            : throw new ArgumentException("The id must be 1 to 32 digits.", nameof(id));
}
