using Munshi.Ledger;

namespace Munshi.Audit.Pages;

/// <summary>A row of the list.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Leaf">Null where what is stored is no leaf: verification names such rows.</param>
public sealed record LedgerRow(long Seq, LedgerLeaf? Leaf);
