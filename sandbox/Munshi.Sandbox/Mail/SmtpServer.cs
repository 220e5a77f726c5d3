using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Mail;

/// <summary>A mail server on loopback that delivers into <see cref="Mailbox"/> only.</summary>
internal sealed class SmtpServer(IOptions<SandboxOptions> options, Mailbox mailbox, Faults faults, Tally tally) : BackgroundService
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, options.Value.SmtpPort);

    /// <summary>Known once the server has started.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <exception cref="IOException">The port is taken.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _listener.Start();
        }
        catch (SocketException)
        {
            throw new IOException($"Port {options.Value.SmtpPort} for mail is taken by another program: choose another with {SandboxOptions.Section}:SmtpPort.");
        }

        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _listener.Stop();
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(stoppingToken);
                _ = ServeAsync(client, stoppingToken);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopping, or a client that was gone before it was accepted.
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                await using BufferedStream input = new(client.GetStream());
                await new SmtpSession(input, client.GetStream(), mailbox, faults, tally).RunAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client is gone, or the sandbox stops.
            }
        }
    }
}
