using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>An event as the sequencer takes it.</summary>
internal sealed record PendingEvent(
    ulong Xid,
    long Id,
    Guid ClientId,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Target,
    byte[]? Commitment,
    byte[]? CiphertextHash)
{
    public LedgerLeaf ToLeaf(LogHead head) => new()
    {
        Log = ClientId,
        Seq = head.Seq + 1,
        Time = At,
        Actor = Actor,
        Action = Action,
        Target = Target,
        Commitment = Commitment is null ? null : new Digest(Commitment),
        CiphertextHash = CiphertextHash is null ? null : new Digest(CiphertextHash),
        Previous = head.RowHash,
    };
}
