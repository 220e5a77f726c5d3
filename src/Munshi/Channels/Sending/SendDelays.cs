using Munshi.Database;

namespace Munshi.Channels.Sending;

/// <summary>Tells why messages that wait in the outbox wait.</summary>
internal sealed class SendDelays(WorkspaceDatabase database)
{
    private const string Reasons =
        "SELECT subject, last_error FROM work.job WHERE client_id = $1 AND kind = $2 AND subject = ANY ($3) AND last_error IS NOT NULL";

    /// <param name="clientId">The workspace.</param>
    /// <param name="messages">Queued ones; few.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Those that wait for a reason.</returns>
    public async Task<IReadOnlyDictionary<Guid, SendDelay>> OfAsync(Guid clientId, IReadOnlyCollection<Guid> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return new Dictionary<Guid, SendDelay>();
        }

        IReadOnlyList<(Guid MessageId, string Stored)> waiting = await database.RowsAsync(
            clientId,
            new Statement(Reasons).Uuid(clientId).Text(Outbox.SendJob).Uuids([.. messages]),
            reader => (reader.GetGuid(0), reader.GetString(1)),
            cancellationToken);
        Dictionary<Guid, SendDelay> delays = [];
        foreach ((Guid messageId, string stored) in waiting)
        {
            if (SendDelay.Read(stored) is { } delay)
            {
                delays[messageId] = delay;
            }
        }

        return delays;
    }
}
