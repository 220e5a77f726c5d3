namespace Munshi.Audit.Pages;

/// <summary>One page of the list.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Rows">Newest first, at most 50.</param>
/// <param name="Before">The number below which this page begins; null for the newest.</param>
/// <param name="Next">The number below which the next page begins; null at the log's beginning.</param>
/// <param name="Searched">How many entries were looked at without filling the page, where that is why it ends; else null.</param>
public sealed record LedgerListView(LedgerFilter Filter, IReadOnlyList<LedgerRow> Rows, long? Before, long? Next, int? Searched);
