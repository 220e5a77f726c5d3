using Munshi.Ledger;

namespace Munshi.Audit.Checkpoints;

/// <summary>How far a workspace's log is signed, or is to be.</summary>
internal sealed record TreeHead(Guid Log, long Size, Digest Root);
