namespace Munshi.Intake.Deliveries;

/// <summary>An update as the list shows it.</summary>
/// <param name="Id">Leads to its page.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Reason">Why it failed; one of our own reason words.</param>
/// <param name="ReceivedAt">When its delivery was acknowledged, UTC.</param>
/// <param name="SettledAt">UTC; null while it waits.</param>
/// <param name="Replays">How often it was done again.</param>
/// <param name="ReplayedAt">When it was last, UTC.</param>
public sealed record UpdateRow(
    Guid Id, string Kind, UpdateState State, string? Reason, DateTimeOffset ReceivedAt, DateTimeOffset? SettledAt, int Replays, DateTimeOffset? ReplayedAt)
{
    /// <summary>Where what it became, or is about, stands in a conversation; null where there is nothing to show.</summary>
    public string? ConversationUrl { get; init; }

    public bool HasFailed => State is UpdateState.Failed or UpdateState.GivenUp;

    /// <summary>From the receipt to what it ended in; null while it waits.</summary>
    public TimeSpan? Took => SettledAt is { } settled ? (settled > ReceivedAt ? settled - ReceivedAt : TimeSpan.Zero) : null;

    /// <summary>The state that stands in the database.</summary>
    internal static UpdateState StateOf(string state, string? reason) => (state, reason) switch
    {
        ("pending", _) => UpdateState.Waiting,
        ("stored", _) => UpdateState.Stored,
        ("duplicate", _) => UpdateState.Duplicate,
        (_, UpdateHandler.GivenUpReason) => UpdateState.GivenUp,
        _ => UpdateState.Failed,
    };
}
