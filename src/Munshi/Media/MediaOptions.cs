using Microsoft.Extensions.Options;
using Munshi.Media.Files.S3;

namespace Munshi.Media;

/// <summary>Settings of customers' files, section <c>Media</c>.</summary>
internal sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>Meta's download host, where none is configured.</summary>
    public static readonly Uri MetasDownloads = new("https://lookaside.fbsbx.com/");

    /// <summary>Where Meta's files may be downloaded from: scheme, host and port, parted by commas. Graph's own host is always among them. Default <c>https://lookaside.fbsbx.com/</c>.</summary>
    public string DownloadAddresses { get; init; } = MetasDownloads.OriginalString;

    /// <summary>Where files lie; without it, in the data directory.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>Null where one of them is no HTTP address.</summary>
    public IReadOnlyList<Uri>? Downloads()
    {
        List<Uri> addresses = [];
        foreach (string part in DownloadAddresses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http"))
            {
                return null;
            }

            addresses.Add(address);
        }

        return addresses;
    }
}

/// <summary>Says which setting is wrong.</summary>
internal sealed class MediaOptionsValidator : IValidateOptions<MediaOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaOptions options) => options.Downloads() is null
        ? ValidateOptionsResult.Fail($"{MediaOptions.Section}:{nameof(MediaOptions.DownloadAddresses)} must be absolute http or https addresses, parted by commas.")
        : options.S3 is { IsComplete: false }
            ? ValidateOptionsResult.Fail($"{MediaOptions.Section}:S3 needs {nameof(S3Options.ServiceUrl)} (an absolute http or https address), {nameof(S3Options.Bucket)}, {nameof(S3Options.AccessKey)} and {nameof(S3Options.SecretKey)}.")
            : ValidateOptionsResult.Success;
}
