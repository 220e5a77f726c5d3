using Munshi.Ledger;

namespace Munshi.Audit.Pages;

/// <summary>A row of the list.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Leaf">Null where what is stored is no leaf: verification names such rows.</param>
/// <param name="Status">Of an entry on what became of a message: what, in the vault's word.</param>
public sealed record LedgerRow(long Seq, LedgerLeaf? Leaf, string? Status);
