using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Media;

/// <summary>Notes, in the transaction that stores a message, that its file is to be fetched.</summary>
internal static class WantedMedia
{
    /// <summary>The kind of the job that fetches it; its subject is the row.</summary>
    public const string FetchJob = "file.fetch";

    private const string Insert =
        """
        INSERT INTO vault.media (client_id, id, message_id, number_id, key_id, created_at, told_at)
        SELECT $1, w.id, w.message_id, w.number_id, w.key_id, $6, w.told_at
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $7::timestamptz[]) AS w (id, message_id, number_id, key_id, told_at)
        """;

    /// <summary>The file that a message or an edit names; null without one that could be fetched.</summary>
    public static MediaFile? FileOf(MessageContent content) => content switch
    {
        MediaContent { File: { Id: not null } file } => file,
        EditContent { Content: MediaContent { File: { Id: not null } file } } => file,
        _ => null,
    };

    /// <param name="transaction">The one that stores the messages; they are queued before.</param>
    /// <param name="received">The messages, with the number that each came to.</param>
    /// <param name="now">When.</param>
    public static void Note(WorkspaceTransaction transaction, IReadOnlyList<(MessageRecord Record, ArrivedMessage Arrived)> received, DateTimeOffset now)
    {
        (MessageRecord Record, ArrivedMessage Arrived)[] wanted = [.. received.Where(one => FileOf(one.Arrived.Message.Content) is not null)];
        if (wanted.Length == 0)
        {
            return;
        }

        Guid[] ids = [.. wanted.Select(_ => Guid.CreateVersion7(now))];
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId)
            .Uuids(ids)
            .Uuids([.. wanted.Select(one => one.Record.Id)])
            .Uuids([.. wanted.Select(one => one.Arrived.NumberId)])
            .Uuids([.. wanted.Select(one => one.Record.KeyId)])
            .Time(now)
            .Times([.. wanted.Select(one => (one.Record.ProviderAt ?? one.Record.ReceivedAt).ToUniversalTime())]));
        Jobs.Enqueue(transaction, FetchJob, ids, now);
    }
}
