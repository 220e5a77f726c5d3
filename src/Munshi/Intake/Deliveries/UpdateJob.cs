namespace Munshi.Intake.Deliveries;

/// <summary>The job that brings an update in.</summary>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextTry">When it is tried next, UTC; it is being tried now where that has passed.</param>
/// <param name="DeadAt">When it was tried for the last time, UTC.</param>
/// <param name="Failure">The type of its last failure.</param>
public sealed record UpdateJob(int Attempts, DateTimeOffset NextTry, DateTimeOffset? DeadAt, string? Failure);
