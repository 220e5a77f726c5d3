namespace Munshi.Search.Pages;

/// <summary>Kinds of messages as people tell them apart.</summary>
public enum SearchKind
{
    Words,

    Pictures,

    Videos,

    Sounds,

    Documents,

    Places,

    Cards,

    Polls,

    Calls,

    Notices,
}
