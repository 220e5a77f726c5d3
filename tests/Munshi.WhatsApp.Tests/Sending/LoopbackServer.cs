using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Munshi.WhatsApp.Tests.Sending;

/// <summary>A server on a real socket that does with each connection exactly what the test says, proper HTTP or not.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LoopbackServer, Stream, CancellationToken, Task> _serve;
    private readonly Task _loop;

    public LoopbackServer(Func<LoopbackServer, Stream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public ConcurrentQueue<CapturedRequest> Requests { get; } = [];

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public Uri SecureAddress => new($"https://{_listener.LocalEndpoint}/");

    /// <summary>Answers every request with these bytes, then closes.</summary>
    public static LoopbackServer Answering(string response) => new(async (server, stream, token) =>
    {
        await server.ReceiveAsync(stream, token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(response), token);
    });

    /// <summary>Answers every request with a status and a JSON body.</summary>
    public static LoopbackServer Answering(int status, string body, string headers = "") =>
        Answering($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}Connection: close\r\n\r\n{body}");

    /// <summary>An address nobody listens on.</summary>
    public static Uri Deserted()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/");
    }

    public async Task ReceiveAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream received = new();
        byte[] buffer = new byte[4096];
        while (true)
        {
            string text = Encoding.Latin1.GetString(received.GetBuffer(), 0, (int)received.Length);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                string[] head = text[..end].Split("\r\n");
                Dictionary<string, string> headers = head.Skip(1).ToDictionary(
                    line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
                int length = int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture);
                if (received.Length >= end + 4 + length)
                {
                    Requests.Enqueue(new CapturedRequest(head[0], headers, Encoding.UTF8.GetString(received.GetBuffer(), end + 4, length)));
                    return;
                }
            }

            int read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return;
            }

            received.Write(buffer, 0, read);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _serve(this, client.GetStream(), _stop.Token);
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
                // the client hung up, or the test is over
            }
        }
    }
}
