namespace Munshi.Search.Pages;

public enum SearchOrder
{
    /// <summary>The newest first.</summary>
    Time,

    /// <summary>What fits best first, of the newest thousand.</summary>
    Relevance,
}
