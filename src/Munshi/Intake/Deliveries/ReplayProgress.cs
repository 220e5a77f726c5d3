namespace Munshi.Intake.Deliveries;

/// <summary>How far a replay of all that failed alike has come.</summary>
/// <param name="Kind">What they tell of.</param>
/// <param name="Reason">Why they had failed.</param>
/// <param name="AskedAt">UTC.</param>
/// <param name="Replayed">How many wait again.</param>
/// <param name="Unopened">How many stay failed because they no longer open.</param>
/// <param name="EndedAt">UTC; null while it goes on.</param>
/// <param name="IsGivenUp">Whether it ended before it was through.</param>
public sealed record ReplayProgress(string Kind, string Reason, DateTimeOffset AskedAt, int Replayed, int Unopened, DateTimeOffset? EndedAt, bool IsGivenUp);
