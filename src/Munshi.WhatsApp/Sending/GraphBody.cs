using System.Net;
using System.Net.Http.Headers;

namespace Munshi.WhatsApp.Sending;

/// <summary>A JSON body that knows whether the connection has asked for it, which is the line between "not sent" and "uncertain".</summary>
internal sealed class GraphBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> _json;
    private volatile bool _started;

    public GraphBody(ReadOnlyMemory<byte> json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Whether any of it may have left.</summary>
    public bool Started => _started;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
