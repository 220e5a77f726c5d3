using Munshi.Audit.Restoring;
using Munshi.Database;
using Munshi.Vault;

namespace Munshi.Channels.Sending;

/// <summary>A locked row of the outbox.</summary>
internal sealed record OutboxRow
{
    /// <summary>Why a row that <see cref="MayHaveLeft"/> is uncertain.</summary>
    public const string RestoredReason = "restored";

    private static readonly string LockOutbox = Sql.Read("Channels/Sending/lock_outbox.sql");

    public required OutboundReference Message { get; init; }

    public required string State { get; init; }

    public required int Attempts { get; init; }

    public required bool Withdrawable { get; init; }

    public required long OwnerEpoch { get; init; }

    public required long? Turn { get; init; }

    public required Guid NumberId { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>In the lane that holds nobody up.</summary>
    public required bool Bulk { get; init; }

    /// <summary>Whether it may leave only while the 24-hour window is open.</summary>
    public required bool NeedsWindow { get; init; }

    /// <summary>Meta's code, where the number is stopped.</summary>
    public required int? StoppedBy { get; init; }

    /// <summary>When the stopped number is tried next.</summary>
    public required DateTimeOffset? ProbeAt { get; init; }

    /// <summary>When what was sent to this customer ahead of its time is paid back.</summary>
    public required DateTimeOffset? PairFreeAt { get; init; }

    /// <summary>Whether the business limits what a month may cost.</summary>
    public required bool SpendingIsLimited { get; init; }

    /// <summary>Whether it waits since before a restore: it may have left after the backup was made, and is neither sent nor called back.</summary>
    public bool MayHaveLeft { get; private init; }

    public static async Task<OutboxRow?> LockAsync(WorkspaceTransaction transaction, Guid messageId)
    {
        OutboxRow? row = await transaction.RowAsync<OutboxRow>(
            new Statement(LockOutbox).Uuid(transaction.ClientId).Uuid(messageId),
            reader => new OutboxRow
            {
                Message = new OutboundReference(messageId, reader.GetGuid(6), reader.GetGuid(7)),
                State = reader.GetString(0),
                Attempts = reader.GetInt32(1),
                Withdrawable = reader.GetBoolean(2),
                OwnerEpoch = reader.GetInt64(3),
                Turn = reader.ValueOrNull<long>(4),
                NumberId = reader.GetGuid(5),
                WrittenAt = reader.GetFieldValue<DateTimeOffset>(8),
                Bulk = reader.GetBoolean(9),
                NeedsWindow = reader.GetString(10) != "template",
                StoppedBy = reader.ValueOrNull<int>(11),
                ProbeAt = reader.ValueOrNull<DateTimeOffset>(12),
                PairFreeAt = reader.ValueOrNull<DateTimeOffset>(13),
                SpendingIsLimited = reader.GetBoolean(14),
            });
        return row is { State: "queued" } && await UncertainPast.HoldsAsync(transaction, row.WrittenAt) ? row with { MayHaveLeft = true } : row;
    }

    /// <summary>Moves the row on, also one that was settled as uncertain: an answer that comes late says more.</summary>
    public static void Set(WorkspaceTransaction transaction, Guid messageId, string state, int attempts, DateTimeOffset? settledAt) =>
        transaction.Queue(new Statement("UPDATE channel.outbox SET state = $3, attempts = $4, settled_at = $5 WHERE client_id = $1 AND message_id = $2")
            .Uuid(transaction.ClientId).Uuid(messageId).Text(state).Int(attempts).Time(settledAt));

    /// <summary>When it is too late to send it: with the 24-hour window, or a day after it was written.</summary>
    public DateTimeOffset EndsAt(ConversationState conversation) =>
        NeedsWindow ? (conversation.WindowFrom ?? WrittenAt) + ConversationState.Window : WrittenAt + TimeSpan.FromHours(24);
}
