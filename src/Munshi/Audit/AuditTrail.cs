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

    private const string InsertMany =
        """
        INSERT INTO audit.event (client_id, at, actor, action, object, commitment, ciphertext_hash)
        SELECT $1, e.* FROM unnest($2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[]) e
        """;

    /// <summary>Queues the event into the act's transaction: both are committed, or neither.</summary>
    public static void Record(WorkspaceTransaction transaction, AuditEvent audited) =>
        transaction.Queue(Statement(transaction.ClientId, audited));

    /// <summary>Queues many events as one statement.</summary>
    public static void Record(WorkspaceTransaction transaction, IReadOnlyList<AuditEvent> audited) =>
        transaction.Queue(new Statement(InsertMany)
            .Uuid(transaction.ClientId)
            .Times([.. audited.Select(one => one.At)])
            .Texts([.. audited.Select(one => one.Actor.Pseudonym)])
            .Texts([.. audited.Select(one => one.Action)])
            .Texts([.. audited.Select(one => $"{one.ObjectKind}:{one.ObjectId}")])
            .BytesArray([.. audited.Select(one => one.Commitment!)])
            .BytesArray([.. audited.Select(one => one.CiphertextHash!)]));

    public static Statement Statement(Guid clientId, AuditEvent audited) => new Statement(Insert)
        .Uuid(clientId)
        .Time(audited.At)
        .Text(audited.Actor.Pseudonym)
        .Text(audited.Action)
        .Text($"{audited.ObjectKind}:{audited.ObjectId}")
        .Bytes(audited.Commitment)
        .Bytes(audited.CiphertextHash);
}
