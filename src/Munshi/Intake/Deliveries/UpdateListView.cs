namespace Munshi.Intake.Deliveries;

/// <summary>One page of the list.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Rows">Newest first, at most 50.</param>
/// <param name="Before">The update below which this page begins; null for the newest.</param>
/// <param name="Next">The update below which the next page begins; null at the end.</param>
/// <param name="Searched">How many updates were looked at without filling the page, where that is why it ends; else null.</param>
public sealed record UpdateListView(UpdateFilter Filter, IReadOnlyList<UpdateRow> Rows, Guid? Before, Guid? Next, int? Searched);
