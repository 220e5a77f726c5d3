namespace Munshi.Audit.Pages;

/// <summary>What is signed, and who looked on.</summary>
public sealed record CheckpointsView
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SignedLog> OfLog { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SignedInstance> OfInstance { get; init; }

    /// <summary>The newest checkpoint of the workspace's log, as a note.</summary>
    public required string? Note { get; init; }

    /// <summary>The verifier key of the workspace's log.</summary>
    public required string? LogKey { get; init; }

    /// <summary>The verifier key of the instance log.</summary>
    public required string? InstanceKey { get; init; }

    /// <summary>Who time-stamps checkpoints; null where nobody is configured.</summary>
    public required string? TimeStampHost { get; init; }

    /// <summary>The last checkpoint that was time-stamped; null where there is none.</summary>
    public required StampedInstance? LastStamp { get; init; }

    /// <summary>Whether the last request for a time stamp had no success.</summary>
    public required bool IsStampMissing { get; init; }

    /// <summary>Whether the server refuses to sign.</summary>
    public required bool IsRefused { get; init; }

    public bool HasWitness => OfInstance.Any(signed => signed.Witnesses.Count > 0);

    /// <param name="Size">The number of entries that it covers.</param>
    /// <param name="Root">In base64, as in the note.</param>
    /// <param name="Tick">The number of its tick in the instance log.</param>
    /// <param name="At">Null where the tick cannot be read.</param>
    public sealed record SignedLog(long Size, string Root, long Tick, DateTimeOffset? At);

    /// <param name="Size">The number of ticks that it covers.</param>
    /// <param name="At">By the authority's clock.</param>
    public sealed record StampedInstance(long Size, DateTimeOffset At);

    /// <param name="Size">The number of ticks that it covers.</param>
    /// <param name="Root">In base64, as in the note.</param>
    /// <param name="At">When it was signed.</param>
    /// <param name="Witnesses">The names of those who cosigned it.</param>
    public sealed record SignedInstance(long Size, string Root, DateTimeOffset At, IReadOnlyList<string> Witnesses);
}
