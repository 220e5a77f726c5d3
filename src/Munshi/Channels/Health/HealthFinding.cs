namespace Munshi.Channels.Health;

/// <summary>One thing about a number that people should know.</summary>
/// <param name="Name">Its text is <c>Health.{Name}</c>.</param>
/// <param name="Tone">How bad it is.</param>
public sealed record HealthFinding(string Name, HealthTone Tone)
{
    /// <summary>No webhook can come; an owner mends it with a button.</summary>
    public const string NotSubscribed = "NotSubscribed";

    /// <summary><c>{0}</c> of the text: a code or one of Meta's words.</summary>
    public string? Detail { get; init; }

    /// <summary>Since when, or until when.</summary>
    public DateTimeOffset? At { get; init; }
}
