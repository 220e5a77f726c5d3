namespace Munshi.Search.Index;

/// <summary>How far an index has come.</summary>
internal sealed record IndexMark
{
    /// <summary>The last entry of the workspace's log that was followed; -1 before the first.</summary>
    public required long Seq { get; init; }

    /// <summary>That entry's hash; empty before the first.</summary>
    public required byte[] RowHash { get; init; }

    /// <summary>The oldest message that the build has come to; <see cref="Guid.AllBitsSet"/> before the newest.</summary>
    public Guid Below { get; init; } = Guid.AllBitsSet;

    /// <summary>Whether the build has come to the first message.</summary>
    public bool IsWhole { get; init; }

    /// <summary>How many messages the build has come through.</summary>
    public long Count { get; init; }

    /// <summary>How many there were about when it began.</summary>
    public long About { get; init; }
}
