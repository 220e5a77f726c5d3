using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Munshi.CommandLine;

namespace Munshi.Audit.TimeStamping;

/// <summary>Who time-stamps the instance log's checkpoints (RFC 3161), and how often: <c>Ledger:TimeStamping</c>.</summary>
/// <param name="Address">The authority; null where none is configured.</param>
/// <param name="Trusted">The authority's own certificate, or that of who certifies it.</param>
/// <param name="Every">10 minutes to 31 days.</param>
internal sealed record TimeStampingOptions(Uri? Address, X509Certificate2Collection Trusted, TimeSpan Every)
{
    private const string Section = "Ledger:TimeStamping";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static TimeStampingOptions None { get; } = new(null, [], TimeSpan.FromDays(1));

    /// <summary>The configured options; a day between two time stamps, unless told otherwise.</summary>
    /// <exception cref="RefusalException">A value is not what it may be.</exception>
    public static TimeStampingOptions Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(Section);
        if (section["Url"] is not { Length: > 0 } url)
        {
            return None;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address is not { UserInfo: "", Fragment: "" })
        {
            throw new RefusalException($"{Section}:Url must be an http or https address, for example https://timestamp.example/tsa.");
        }

        TimeSpan every = None.Every;
        return section["Every"] is { } text && (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out every) || every < Shortest || every > Longest)
            ? throw new RefusalException($"{Section}:Every must be 00:10:00 to 31.00:00:00, for example 1.00:00:00 for a day.")
            : new TimeStampingOptions(address, ReadTrusted(section["Certificates"]), every);
    }

    private static X509Certificate2Collection ReadTrusted(string? path)
    {
        X509Certificate2Collection trusted = [];
        try
        {
            trusted.ImportFromPemFile(path ?? "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            trusted.Clear();
        }

        return trusted.Count > 0
            ? trusted
            : throw new RefusalException($"{Section}:Certificates must be a file with the authority's certificate, or that of who certifies it, in PEM.");
    }
}
