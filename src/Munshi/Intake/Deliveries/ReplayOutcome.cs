namespace Munshi.Intake.Deliveries;

/// <summary>How asking for an update to be done again ended.</summary>
internal enum ReplayOutcome
{
    /// <summary>It waits again, and its job is written.</summary>
    Replayed,

    /// <summary>It is not failed, or was done again since the page was made: nothing changed.</summary>
    NotFailed,

    /// <summary>Its key is gone or it was altered: there is nothing to do again.</summary>
    Unopened,

    /// <summary>The workspace has no such update.</summary>
    Unknown,
}
