using System.Net;
using System.Net.Sockets;

namespace Munshi.Channels.Egress;

/// <summary>Every outbound call passes here: hosts of the configured subprocessors only, no private addresses, each call counted.</summary>
/// <remarks>A refusal is thrown before anything of the request is read, so that the caller knows nothing has left.</remarks>
internal sealed class EgressGate : DelegatingHandler
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Teredo, benchmarking, documentation, 6to4: reserved, or carriers of any IPv4 address.</summary>
    private static readonly IPNetwork[] NotPublic6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>IPv4 behind a translator, RFC 6052: the last four bytes are the address that is reached.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private readonly IReadOnlyList<Subprocessor> _subprocessors;
    private readonly EgressCounts _counts;

    public EgressGate(IReadOnlyList<Subprocessor> subprocessors, EgressCounts counts)
    {
        _subprocessors = subprocessors;
        _counts = counts;
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        };
    }

    /// <exception cref="HttpRequestException">The host is not on the list, or resolves to a private address only.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri address = request.RequestUri!;
        Subprocessor? subprocessor = _subprocessors.FirstOrDefault(known => known.Covers(address));
        if (subprocessor is null)
        {
            _counts.Refused("none", address.IdnHost);
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host is not on the list of subprocessors.");
        }

        _counts.Allowed(subprocessor.Name, address.IdnHost);
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>Whether an address is of this machine, a private network, or otherwise no public host (RFC 6890 and the registries it made).</summary>
    internal static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return NotPublic4.Any(network => network.Contains(address));
        }

        if (Nat64.Contains(address))
        {
            return IsPrivate(new IPAddress(address.GetAddressBytes()[12..]));
        }

        return !GlobalUnicast.Contains(address) || NotPublic6.Any(network => network.Contains(address));
    }

    /// <summary>The name is resolved here and the socket opened to what was checked, so that no second look-up can point elsewhere.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        DnsEndPoint target = context.DnsEndPoint;
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        bool configuredLoopback = _subprocessors.Any(known =>
            known.BaseAddress.IsLoopback && known.BaseAddress.Port == target.Port && string.Equals(known.BaseAddress.IdnHost, target.Host, StringComparison.OrdinalIgnoreCase));
        IPAddress[] allowed = [.. addresses.Where(address => !IsPrivate(address) || (configuredLoopback && IPAddress.IsLoopback(address)))];
        if (allowed.Length == 0)
        {
            _counts.Refused("none", target.Host);
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host resolves to private addresses only.");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
