namespace Munshi.Intake.Deliveries;

/// <summary>Updates that failed alike.</summary>
/// <param name="Kind">What they tell of.</param>
/// <param name="Reason">One of our own reason words.</param>
/// <param name="Count">How many, among those counted.</param>
public sealed record FailedGroup(string Kind, string Reason, int Count);
