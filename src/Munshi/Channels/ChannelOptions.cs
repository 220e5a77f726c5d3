using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Munshi.Channels;

/// <summary>Settings of sending through Meta's Graph API, section <c>Channels</c>.</summary>
internal sealed class ChannelOptions
{
    public const string Section = "Channels";

    /// <summary>Where Graph answers. Default <c>https://graph.facebook.com/</c>.</summary>
    [Required]
    public Uri GraphBaseAddress { get; init; } = new("https://graph.facebook.com/");

    /// <summary>The Graph API version, for example <c>v26.0</c>, the default.</summary>
    [Required, RegularExpression("^v[0-9]{1,3}\\.[0-9]$")]
    public string GraphVersion { get; init; } = "v26.0";

    /// <summary>How long one call may take, 1 to 25 seconds (below the lease of a job). Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:25")]
    public TimeSpan GraphTimeout { get; init; } = TimeSpan.FromSeconds(20);
}

[OptionsValidator]
internal sealed partial class ChannelOptionsValidator : IValidateOptions<ChannelOptions>;
