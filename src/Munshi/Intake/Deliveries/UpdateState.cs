namespace Munshi.Intake.Deliveries;

/// <summary>What has become of an update.</summary>
public enum UpdateState
{
    Waiting,
    Stored,
    Duplicate,
    Failed,

    /// <summary>Failed, after its job was tried for the last time.</summary>
    GivenUp,
}
