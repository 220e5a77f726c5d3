namespace Munshi.Ledger;

/// <summary>The ways in which a row can break a log's chain, in the order in which they are looked for.</summary>
public enum ChainFault
{
    /// <summary>The row's sequence number does not follow the one before.</summary>
    Gap,

    /// <summary>The leaf is not in canonical form.</summary>
    LeafForm,

    /// <summary>The stored row hash is not the leaf's.</summary>
    RowHash,

    /// <summary>The leaf belongs to another log.</summary>
    Log,

    /// <summary>The leaf belongs to another place of the log.</summary>
    Seq,

    /// <summary>The leaf does not name the row hash of the row before.</summary>
    Previous,
}
