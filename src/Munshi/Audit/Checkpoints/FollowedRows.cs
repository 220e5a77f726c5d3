namespace Munshi.Audit.Checkpoints;

/// <summary>What one look at the logs came to.</summary>
/// <param name="Heads">Of every log that has rows, by its id: the places of the heads tree.</param>
/// <param name="Grown">The logs that did since they were signed, with their trees' complete subtrees (<see cref="SignedFrontier"/>).</param>
/// <param name="Blocks">The blocks that the rows completed.</param>
/// <param name="Places">Where messages stand, a message perhaps more than once, its first leaf first.</param>
/// <param name="IsBehind">Whether rows wait that were too many for one tick.</param>
internal sealed record FollowedRows(
    IReadOnlyList<TreeHead> Heads,
    IReadOnlyDictionary<Guid, byte[]> Grown,
    IReadOnlyList<StoredBlock> Blocks,
    IReadOnlyList<(Guid Log, Guid Message, long Seq)> Places,
    bool IsBehind);
