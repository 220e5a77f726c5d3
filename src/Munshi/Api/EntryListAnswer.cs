namespace Munshi.Api;

/// <summary>A page of the workspace's log.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="NextCursor">Leads to the page after; null at the log's beginning.</param>
internal sealed record EntryListAnswer(IReadOnlyList<ListedEntry> Entries, string? NextCursor);
