using Munshi.Database;

namespace Munshi.Audit;

/// <summary>Writes audit events. The sequencer chains them into the ledger afterwards.</summary>
internal static class AuditTrail
{
    private const string Insert =
        """
        INSERT INTO audit.event (client_id, at, actor, action, object, commitment, ciphertext_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>Queues the event into the act's transaction: both are committed, or neither.</summary>
    public static void Record(WorkspaceTransaction transaction, AuditEvent audited) =>
        transaction.Queue(Statement(transaction.ClientId, audited));

    public static Statement Statement(Guid clientId, AuditEvent audited) => new Statement(Insert)
        .Uuid(clientId)
        .Time(audited.At)
        .Text(audited.Actor.Pseudonym)
        .Text(audited.Action)
        .Text($"{audited.ObjectKind}:{audited.ObjectId}")
        .Bytes(audited.Commitment)
        .Bytes(audited.CiphertextHash);
}
