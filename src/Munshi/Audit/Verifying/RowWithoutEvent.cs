namespace Munshi.Audit.Verifying;

/// <param name="Seq">The row.</param>
/// <param name="IsNumberedAsLost">Whether its event's number is below zero: such an event never was, or was lost in a restore.</param>
internal readonly record struct RowWithoutEvent(long Seq, bool IsNumberedAsLost);
