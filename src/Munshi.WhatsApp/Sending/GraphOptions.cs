namespace Munshi.WhatsApp.Sending;

/// <summary>Where and how Graph is called.</summary>
public sealed record GraphOptions
{
    /// <summary>Default <c>https://graph.facebook.com/</c>. A path is kept in front of the version.</summary>
    public Uri BaseAddress { get; init; } = new("https://graph.facebook.com/");

    /// <summary>Default <c>v26.0</c>, released 2026-07-29.</summary>
    public string Version { get; init; } = "v26.0";

    /// <summary>For one call, from connecting to the last byte of the answer. Default 20 seconds; must be more than zero.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);
}
