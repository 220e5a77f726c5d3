namespace Munshi.Search.Pages;

/// <summary>Who wrote.</summary>
public enum SearchSide
{
    Customers,

    Ours,
}
