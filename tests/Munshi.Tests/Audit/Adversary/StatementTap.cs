using System.Net.Sockets;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>Stands between a server and PostgreSQL, in the place of its Unix socket, and asks before every statement of one role whether it may pass.</summary>
/// <remarks>PostgreSQL itself goes on listening under <see cref="DirectPort"/> in the same directory.</remarks>
internal sealed class StatementTap : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;
    private readonly string _direct;
    private readonly string _role;
    private readonly Func<string, string, bool> _mayPass;
    private readonly Task _accepting;

    /// <param name="directory">The socket's.</param>
    /// <param name="port">The number in the socket's name.</param>
    /// <param name="role">Whose statements are looked at.</param>
    /// <param name="mayPass">Called with the connection's statement before and the one that comes, or that was answered; false cuts the connection.</param>
    public StatementTap(string directory, int port, string role, Func<string, string, bool> mayPass)
    {
        (DirectPort, _role, _mayPass) = (port + 1, role, mayPass);
        _path = Path.Combine(directory, $".s.PGSQL.{port}");
        _direct = Path.Combine(directory, $".s.PGSQL.{DirectPort}");
        File.Move(_path, _direct);
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public int DirectPort { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        File.Delete(_path);
        File.Move(_direct, _path);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }

            Socket server = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_direct));
            _ = new TappedConnection(client, server, _role, _mayPass).RunAsync();
        }
    }
}
