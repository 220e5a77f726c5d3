namespace Munshi.Setup;

/// <summary>Where Meta reaches this installation.</summary>
internal static class PublicAddress
{
    private const int MaxLength = 255;

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
}
