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

    /// <summary>
    /// Messages a second of a number, 1 to 1000, until Meta tells of another throughput. Default 80; a number that is also used in the
    /// WhatsApp Business app has 20 ("Throughput", 2025-11-21).
    /// </summary>
    [Range(1, 1000)]
    public int MessagesPerSecond { get; init; } = 80;

    /// <summary>How long one call may take, 1 to 25 seconds (below the lease of a job). Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:25")]
    public TimeSpan GraphTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often Meta is asked about each number, 5 seconds to 1 hour; a dead token shows within it. Default 45 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(45);
}

[OptionsValidator]
internal sealed partial class ChannelOptionsValidator : IValidateOptions<ChannelOptions>;
