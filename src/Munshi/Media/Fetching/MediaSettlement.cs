using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Media.Files;

namespace Munshi.Media.Fetching;

/// <summary>Writes down what became of a file, with its event, in one transaction.</summary>
internal static class MediaSettlement
{
    private const string Settle =
        """
        UPDATE vault.media SET state = $3, reason = $4, attempts = attempts + 1, settled_at = $5,
            type = $6, length = $7, hash_was_told = $8, file_hash = $9, hash_sealed = $10
        WHERE client_id = $1 AND id = $2
        """;

    public static void Store(WorkspaceTransaction transaction, FetchPlan plan, KeyMaterial key, FetchOutcome.Fetched fetched, DateTimeOffset now)
    {
        SealedMedia written = fetched.Written;
        MediaRecord record = plan.Settled(MediaRecord.Stored, now) with
        {
            Type = fetched.Type.Name,
            Length = written.Bytes,
            HashWasTold = fetched.HashWasTold,
            FileHash = written.CiphertextHash,
        };
        byte[] hashSealed = SealedValue.Seal(key, new SealContext(transaction.ClientId, plan.Id, MediaRecord.HashColumn), written.PlaintextHash);
        Write(transaction, record, key, written.PlaintextHash, hashSealed);
    }

    /// <param name="transaction">The transaction that ends the job.</param>
    /// <param name="plan">The file.</param>
    /// <param name="key">Null where it is gone.</param>
    /// <param name="state">Expired or refused.</param>
    /// <param name="reason">One of our own reason words.</param>
    /// <param name="now">When.</param>
    public static void End(WorkspaceTransaction transaction, FetchPlan plan, KeyMaterial? key, string state, string reason, DateTimeOffset now) =>
        Write(transaction, plan.Settled(state, now) with { Reason = reason }, key, hash: null, hashSealed: null);

    public static void Wait(WorkspaceTransaction transaction, FetchPlan plan, string reason) =>
        transaction.Queue(new Statement("UPDATE vault.media SET reason = $3, attempts = attempts + 1 WHERE client_id = $1 AND id = $2")
            .Uuid(transaction.ClientId).Uuid(plan.Id).Text(reason));

    private static void Write(WorkspaceTransaction transaction, MediaRecord record, KeyMaterial? key, byte[]? hash, byte[]? hashSealed)
    {
        transaction.Queue(new Statement(Settle)
            .Uuid(transaction.ClientId).Uuid(record.Id).Text(record.State).Text(record.Reason).Time(record.SettledAt)
            .Text(record.Type).Long(record.Length).Flag(record.HashWasTold).Bytes(record.FileHash).Bytes(hashSealed));
        AuditTrail.Record(transaction, record.Event(Actor.Media, key, hash, hashSealed));
    }
}
