namespace Munshi.Vault.Pages;

/// <summary>Which rows a piece of the list is, so that only its outer end leads on.</summary>
public enum ListPart
{
    /// <summary>A page of its own: both ends lead on.</summary>
    Whole,

    /// <summary>Put under the rows that are shown.</summary>
    Below,

    /// <summary>Put above the rows that are shown.</summary>
    Above,
}
