using System.Net;
using System.Net.Sockets;

namespace Munshi.Channels.Egress;

/// <summary>Every outbound call passes here: hosts of the configured subprocessors only, no private addresses, each call counted.</summary>
/// <remarks>A refusal is thrown before anything of the request is read, so that the caller knows nothing has left.</remarks>
internal sealed class EgressGate : DelegatingHandler
{
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

    /// <summary>Whether an address belongs to this machine or a private network (RFC 1918, 4193, 6598, 6890).</summary>
    internal static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return true;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast;
        }

        byte[] b = address.GetAddressBytes();
        return b[0] is 0 or 10 or >= 224
            || (b[0] == 100 && b[1] is >= 64 and < 128)
            || (b[0] == 169 && b[1] == 254)
            || (b[0] == 172 && b[1] is >= 16 and < 32)
            || (b[0] == 192 && b[1] == 168)
            || (b[0] == 192 && b[1] == 0 && b[2] == 0)
            || (b[0] == 198 && b[1] is 18 or 19);
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
