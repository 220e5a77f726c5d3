namespace Munshi.Sandbox.Webhooks;

/// <summary>When a refused delivery is sent again: at once, then ever later. Meta's seven days, shortened for a demo.</summary>
internal static class RetrySchedule
{
    public const int MaxAttempts = 200;

    private static readonly double[] Seconds = [0, 0.5, 1, 2, 4, 8, 15];

    /// <param name="attempts">How many have failed, from 1.</param>
    public static TimeSpan After(int attempts) => TimeSpan.FromSeconds(Seconds[Math.Min(attempts, Seconds.Length) - 1]);
}
