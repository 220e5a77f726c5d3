namespace Munshi.Intake.Deliveries;

/// <summary>The list with what stands above and below it.</summary>
public sealed record DeliveriesView
{
    public required UpdateListView List { get; init; }

    public required IReadOnlyList<FailedGroup> Failed { get; init; }

    public required IReadOnlyList<DeliveryProblem> Problems { get; init; }

    public required IReadOnlyList<ReplayProgress> Replays { get; init; }

    /// <summary>The id under which each group's form asks, so that a form sent twice asks once.</summary>
    public required IReadOnlyList<Guid> ReplayIds { get; init; }

    /// <summary>Whether a replay was just asked for.</summary>
    public bool IsAsked { get; init; }

    public int FailedCount => Failed.Sum(group => group.Count);

    /// <summary>Whether more failed than were counted.</summary>
    public bool IsAtLeast => FailedCount >= Failures.MostCounted;
}
