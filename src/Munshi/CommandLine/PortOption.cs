using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Munshi.CommandLine;

/// <summary><c>--port</c>: 1 to 65535, on the loopback addresses.</summary>
internal static class PortOption
{
    private const int Default = 5080;

    public static Option<int> Build() => Build(Default, "Where dashboard and webhooks are served, on this machine only");

    public static Option<int> Build(int standard, string description) => new("--port")
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = Parse,
    };

    /// <summary>Said before anything is started; a program that takes it a moment later is still met at the start itself.</summary>
    /// <exception cref="RefusalException">The port cannot be listened on.</exception>
    public static void RequireFree(int port)
    {
        foreach (IPAddress address in (ReadOnlySpan<IPAddress>)[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            try
            {
                using TcpListener listener = new(address, port);
                listener.Start();
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw Taken(port);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AccessDenied)
            {
                throw new RefusalException($"The user {Environment.UserName} may not listen on port {port}: choose one from 1024 on with --port.");
            }
            catch (SocketException)
            {
                // A machine without IPv6: Kestrel serves the other address.
            }
        }
    }

    public static RefusalException Taken(int port) => new($"Port {port} is taken by another program: choose another with --port.");

    private static int Parse(ArgumentResult argument)
    {
        if (argument.Tokens is [{ Value: { } text }]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > IPEndPoint.MinPort and <= IPEndPoint.MaxPort)
        {
            return port;
        }

        argument.AddError($"--port must be a number from 1 to {IPEndPoint.MaxPort}.");
        return 0;
    }
}
