using Munshi.Search.Pages;

namespace Munshi.Search.Finding;

/// <param name="Query">What is sought.</param>
/// <param name="Filter">Among which messages.</param>
/// <param name="From">When the filter's first day begins.</param>
/// <param name="Until">When the day after its last one begins.</param>
/// <param name="Before">In the order of time: the place that the page before ended at.</param>
/// <param name="Skip">In the order of relevance: how many were shown before.</param>
internal sealed record SearchRequest(SearchQuery Query, SearchFilter Filter, DateTimeOffset? From, DateTimeOffset? Until, long? Before, int Skip);
