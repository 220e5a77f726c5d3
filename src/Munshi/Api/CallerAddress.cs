using System.Net;
using System.Net.Sockets;

namespace Munshi.Api;

/// <summary>From where a call comes, as far as limits need to know.</summary>
internal static class CallerAddress
{
    private const int NetworkBytes = 8;

    /// <summary>
    /// The other end of the connection; where that is a proxy on this machine, the last address that the proxy names in <c>X-Forwarded-For</c>.
    /// IPv6 addresses count by their /64, which one caller has whole.
    /// </summary>
    public static string Of(HttpContext context)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (IPAddress.IsLoopback(address)
            && context.Request.Headers["X-Forwarded-For"] is [.., { } forwarded]
            && IPAddress.TryParse(forwarded.Split(',')[^1].Trim(), out IPAddress? named))
        {
            address = named;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
