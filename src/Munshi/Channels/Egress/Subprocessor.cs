namespace Munshi.Channels.Egress;

/// <summary>Somebody outside who may be called.</summary>
/// <param name="Name">As on the subprocessor list.</param>
/// <param name="BaseAddress">Scheme, host and port that may be called; a loopback host is allowed only because it stands here.</param>
internal sealed record Subprocessor(string Name, Uri BaseAddress)
{
    public bool Covers(Uri address) =>
        address.Scheme == BaseAddress.Scheme
        && address.Port == BaseAddress.Port
        && string.Equals(address.IdnHost, BaseAddress.IdnHost, StringComparison.OrdinalIgnoreCase);
}
