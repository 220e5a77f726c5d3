namespace Munshi.Ledger;

/// <summary>The fields of a leaf that are words.</summary>
internal enum LeafWord
{
    Actor,
    Action,
    Object,
}
