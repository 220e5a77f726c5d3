namespace Munshi.Search.Feeding;

/// <summary>How this process's feeding stands.</summary>
internal sealed class SearchProgress
{
    private volatile bool _isFedHere;
    private volatile int _behind;

    /// <summary>Whether this is the process that feeds.</summary>
    public bool IsFedHere
    {
        get => _isFedHere;
        set => _isFedHere = value;
    }

    /// <summary>How many workspaces have more to come.</summary>
    public int Behind
    {
        get => _behind;
        set => _behind = value;
    }

    /// <summary>For <c>/readyz</c>: <c>on</c>, <c>building</c>, or <c>elsewhere</c> where another process feeds.</summary>
    public string State => !IsFedHere ? "elsewhere" : Behind > 0 ? "building" : "on";
}
