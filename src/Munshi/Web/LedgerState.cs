namespace Munshi.Web;

/// <summary>What the top bar says of the ledger.</summary>
public enum LedgerState
{
    /// <summary>Not checked since the server started.</summary>
    Unknown,

    /// <summary>The last verification found every entry in order.</summary>
    Intact,

    /// <summary>Committed events still wait to be chained.</summary>
    CatchingUp,

    /// <summary>The last verification found a difference.</summary>
    Broken,
}
