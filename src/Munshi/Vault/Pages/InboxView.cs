namespace Munshi.Vault.Pages;

/// <summary>One page of the inbox.</summary>
public sealed record InboxView
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<InboxRow> Rows { get; init; }

    /// <summary>The value of <c>?before=</c> that continues after the last row; absent at the end.</summary>
    public string? NextCursor { get; init; }

    /// <summary>The value of <c>?after=</c> that leads to the rows above the first; absent at the top.</summary>
    public string? PreviousCursor { get; init; }

    public required InboxFilter Filter { get; init; }

    public required InboxCounts Counts { get; init; }

    /// <summary>Whether no number is connected yet, so that nothing can come in.</summary>
    public bool HasNoNumber { get; init; }
}
