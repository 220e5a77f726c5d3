using Munshi.Vault.Labels;
using Munshi.Vault.Views;

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

    /// <summary>The workspace's labels, by name.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>The viewer's own, by name.</summary>
    public IReadOnlyList<SavedView> SavedViews { get; init; } = [];

    /// <summary>For the form that saves one.</summary>
    public Guid NextViewId { get; init; }

    /// <summary>The name of the text that says why the view was not saved.</summary>
    public string? ViewProblem { get; init; }

    /// <summary>What it was to be called.</summary>
    public string? ViewName { get; init; }

    /// <summary>Whether, where nothing is open, some conversation was put off or resolved.</summary>
    public bool HasPutAway { get; init; }

    /// <summary>Whether no number is connected yet, so that nothing can come in.</summary>
    public bool HasNoNumber { get; init; }
}
