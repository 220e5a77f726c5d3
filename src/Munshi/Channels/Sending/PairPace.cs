using Munshi.Database;

namespace Munshi.Channels.Sending;

/// <summary>How often one customer is written to: once in six seconds, and some messages ahead of their time, which are paid back ("About the platform", pair rate limit).</summary>
internal static class PairPace
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(6);

    /// <summary>One less than Meta's 45: what is sent in this order may arrive closer together.</summary>
    public const int Ahead = 44;

    private const string Take =
        """
        INSERT INTO channel.pair_pace (client_id, conversation_id, free_at) VALUES ($1, $2, $3)
        ON CONFLICT (client_id, conversation_id) DO UPDATE SET free_at = excluded.free_at
        """;

    /// <param name="freeAt">When what was sent is paid back; null where nothing was.</param>
    /// <param name="now">Now.</param>
    /// <returns>When the next message may leave; null for at once.</returns>
    public static DateTimeOffset? WaitUntil(DateTimeOffset? freeAt, DateTimeOffset now)
    {
        DateTimeOffset mayLeave = Free(freeAt, now) + Interval - (Interval * Ahead);
        return mayLeave > now ? mayLeave : null;
    }

    /// <summary>Counts a message that leaves now, in the transaction that holds the conversation's lock.</summary>
    public static void Count(WorkspaceTransaction transaction, Guid conversationId, DateTimeOffset? freeAt, DateTimeOffset now) =>
        transaction.Queue(new Statement(Take).Uuid(transaction.ClientId).Uuid(conversationId).Time(Free(freeAt, now) + Interval));

    /// <summary>A time further away than all that can be ahead was written by a clock that has been put back since.</summary>
    private static DateTimeOffset Free(DateTimeOffset? freeAt, DateTimeOffset now) =>
        freeAt is { } at && at > now ? (at < now + (Interval * Ahead) ? at : now + (Interval * Ahead)) : now;
}
