using System.Globalization;
using System.Net;
using System.Text;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Bench.Groups;

/// <summary>Deliveries of many updates each, signed before the clock starts. No two updates are the same.</summary>
/// <param name="customers">Who writes, in turn.</param>
/// <param name="longer">Characters that each text has beside its line.</param>
internal sealed class LargeDelivery(IReadOnlyList<string> customers, int longer = 0)
{
    /// <summary>As many as Meta puts into one delivery.</summary>
    public const int Updates = 1_000;

    private readonly string _rest = new('.', longer);
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(RunningMunshi.AppSecret);
    private long _used;

    public (byte[] Body, string Signature) Make()
    {
        string seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string changes = string.Join(',', Enumerable.Range(0, customers.Count).Select(i => Change(customers[i], seconds, (Updates / customers.Count) + (i < Updates % customers.Count ? 1 : 0))));
        byte[] body = Encoding.UTF8.GetBytes($$"""{"object":"whatsapp_business_account","entry":[{"id":"200000000000001","changes":[{{changes}}]}]}""");
        return (body, WebhookSignature.Sign(body, _secret));
    }

    /// <summary>Posts it to Munshi, which must answer that it is kept.</summary>
    public static async Task PostAsync(HttpClient http, Uri webhook, (byte[] Body, string Signature) delivery, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, webhook) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookSignature.HeaderName, delivery.Signature);
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"A delivery was answered {(int)answer.StatusCode}.");
        }
    }

    private string Change(string customer, string seconds, int count) =>
        $$$"""
        {"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"919000000001","phone_number_id":"{{{RunningMunshi.PhoneNumberId}}}"},"contacts":[{"profile":{"name":"Asha Sample"},"wa_id":"{{{customer}}}"}],"messages":[{{{string.Join(',', Enumerable.Range(0, count).Select(_ => Message(customer, seconds)))}}}]},"field":"messages"}
        """;

    private string Message(string customer, string seconds)
    {
        long number = _used++;
        string id = "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{customer}+{number:D17}")));
        return $$$"""{"from":"{{{customer}}}","id":"{{{id}}}","timestamp":"{{{seconds}}}","type":"text","text":{"body":"Is anyone there yet? I asked about the red silk saree, this is my line number {{{number:D9}}}.{{{_rest}}}"}}""";
    }
}
