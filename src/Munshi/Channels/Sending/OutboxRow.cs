using Munshi.Audit.Restoring;
using Munshi.Database;
using Munshi.Vault;

namespace Munshi.Channels.Sending;

/// <summary>A locked row of the outbox.</summary>
internal sealed record OutboxRow(
    OutboundReference Message, string State, int Attempts, bool Withdrawable, long OwnerEpoch, long? Turn, Guid NumberId)
{
    /// <summary>Why a row that <see cref="MayHaveLeft"/> is uncertain.</summary>
    public const string RestoredReason = "restored";

    private static readonly string LockOutbox = Sql.Read("Channels/Sending/lock_outbox.sql");

    /// <summary>Whether it waits since before a restore: it may have left after the backup was made, and is neither sent nor called back.</summary>
    public bool MayHaveLeft { get; private init; }

    public static async Task<OutboxRow?> LockAsync(WorkspaceTransaction transaction, Guid messageId)
    {
        (OutboxRow? row, DateTimeOffset writtenAt) = await transaction.RowAsync(
            new Statement(LockOutbox).Uuid(transaction.ClientId).Uuid(messageId),
            reader => (
                new OutboxRow(
                    new OutboundReference(messageId, reader.GetGuid(6), reader.GetGuid(7)),
                    reader.GetString(0),
                    reader.GetInt32(1),
                    reader.GetBoolean(2),
                    reader.GetInt64(3),
                    reader.ValueOrNull<long>(4),
                    reader.GetGuid(5)),
                reader.GetFieldValue<DateTimeOffset>(8)));
        return row is { State: "queued" } && await UncertainPast.HoldsAsync(transaction, writtenAt) ? row with { MayHaveLeft = true } : row;
    }

    /// <summary>Moves the row on, also one that was settled as uncertain: an answer that comes late says more.</summary>
    public static void Set(WorkspaceTransaction transaction, Guid messageId, string state, int attempts, DateTimeOffset? settledAt) =>
        transaction.Queue(new Statement("UPDATE channel.outbox SET state = $3, attempts = $4, settled_at = $5 WHERE client_id = $1 AND message_id = $2")
            .Uuid(transaction.ClientId).Uuid(messageId).Text(state).Int(attempts).Time(settledAt));
}
