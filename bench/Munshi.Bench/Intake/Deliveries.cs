using System.Globalization;
using System.Text;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Bench.Intake;

/// <summary>Whole HTTP requests, each a signed delivery of one text message that no other holds, made before the clock starts.</summary>
internal sealed class Deliveries
{
    private readonly byte[] _slab;
    private readonly int _stride;
    private int _next;

    private Deliveries(byte[] slab, int stride, int bodyLength)
    {
        _slab = slab;
        _stride = stride;
        BodyLength = bodyLength;
    }

    /// <summary>Bytes of a delivery's body, the same for all.</summary>
    public int BodyLength { get; }

    public int Count => _slab.Length / _stride;

    public int Left => Count - _next;

    /// <param name="path">The webhook's.</param>
    /// <param name="customers">Who writes, in turn: numbers of one length.</param>
    /// <param name="first">The number of the first; numbers are never used twice.</param>
    /// <param name="count">How many.</param>
    public static Deliveries Make(string path, IReadOnlyList<string> customers, long first, int count)
    {
        byte[] secret = Encoding.UTF8.GetBytes(RunningMunshi.AppSecret);
        string seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] one = Request(path, Body(customers[0], seconds, first), secret);
        byte[] slab = GC.AllocateUninitializedArray<byte>(checked(one.Length * count));
        Parallel.For(0, count, i =>
        {
            byte[] request = Request(path, Body(customers[(int)((first + i) % customers.Count)], seconds, first + i), secret);
            request.CopyTo(slab, (long)i * one.Length);
        });
        return new Deliveries(slab, one.Length, Body(customers[0], seconds, first).Length);
    }

    /// <summary>The next one; empty when all are used.</summary>
    public ReadOnlySpan<byte> Next() => _next < Count ? _slab.AsSpan(_stride * _next++, _stride) : [];

    private static byte[] Request(string path, byte[] body, byte[] secret) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: {WebhookSignature.Sign(body, secret)}\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    /// <summary>As Meta writes it. The id holds random-looking bytes in base64, as a real one does.</summary>
    private static byte[] Body(string customer, string seconds, long number)
    {
        string id = "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{customer}-{number:D17}")));
        return Encoding.UTF8.GetBytes(
            $$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"200000000000001","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"919000000001","phone_number_id":"{{{RunningMunshi.PhoneNumberId}}}"},"contacts":[{"profile":{"name":"Asha Sample"},"wa_id":"{{{customer}}}"}],"messages":[{"from":"{{{customer}}}","id":"{{{id}}}","timestamp":"{{{seconds}}}","type":"text","text":{"body":"Is anyone there yet? I asked about the red silk saree, this is my line number {{{number:D9}}}."}}]},"field":"messages"}]}]}
            """);
    }
}
