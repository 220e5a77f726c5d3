using System.Net;
using Munshi.Channels.Egress;

namespace Munshi.Setup;

/// <summary>Where Meta reaches this installation.</summary>
internal static class PublicAddress
{
    private const int MaxLength = 255;

    /// <summary>Names that lead nowhere on the internet (RFC 6761, RFC 6762, RFC 8375, and ICANN's reservation of <c>internal</c>).</summary>
    private static readonly string[] LocalNames = [".localhost", ".local", ".internal", ".home.arpa", ".lan"];

    /// <summary>Scheme and host of an https address, with or without its scheme; null for anything else.</summary>
    /// <remarks>Plain http is taken for this machine itself only, where no one listens in between.</remarks>
    public static string? Read(string? text)
    {
        string given = text?.Trim().TrimEnd('/') ?? "";
        if (!given.Contains("://", StringComparison.Ordinal))
        {
            given = $"https://{given}";
        }

        return given.Length <= MaxLength
            && Uri.TryCreate(given, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && (address.IsLoopback || address.IdnHost.Contains('.', StringComparison.Ordinal))
            ? $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}"
            : null;
    }

    /// <summary>Whether an address that was read leads to this machine or into a private network, where Meta cannot reach it.</summary>
    public static bool IsLocal(string address)
    {
        Uri read = new(address);
        return read.IsLoopback
            || LocalNames.Any(name => read.IdnHost.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            || (IPAddress.TryParse(read.IdnHost, out IPAddress? number) && EgressGate.IsPrivate(number));
    }
}
