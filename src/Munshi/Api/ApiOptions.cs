namespace Munshi.Api;

/// <summary>Limits of the API, section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>The largest value of either limit.</summary>
    public const int Most = 1_000_000;

    /// <summary>Calls a minute with one key, 1 to <see cref="Most"/>.</summary>
    /// <value>600.</value>
    public int CallsPerMinute { get; init; } = 600;

    /// <summary>Calls a minute without a usable key from one address, 1 to <see cref="Most"/>; after them the address is not listened to until the minute is over.</summary>
    /// <value>30.</value>
    public int FailuresPerMinute { get; init; } = 30;
}
