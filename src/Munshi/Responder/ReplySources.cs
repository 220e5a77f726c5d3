using Munshi.Database;
using Munshi.Knowledge;

namespace Munshi.Responder;

/// <summary>What automatic replies rest on, for the page that shows them.</summary>
internal sealed class ReplySources(WorkspaceDatabase database, KnowledgeBase knowledge)
{
    private const string Select =
        "SELECT reply_message_id, sources FROM responder.agent_run WHERE client_id = $1 AND reply_message_id = ANY ($2) AND decision = 'answer'";

    /// <summary>The sources of those among the messages that have any.</summary>
    public async Task<IReadOnlyDictionary<Guid, ReplySource>> OfAsync(Guid clientId, Guid[] messageIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid MessageId, string[] Sources)> runs = await database.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Uuids(messageIds),
            reader => (reader.GetGuid(0), reader.GetFieldValue<string[]>(1)),
            cancellationToken);
        if (runs.All(run => run.Sources.Length == 0))
        {
            return new Dictionary<Guid, ReplySource>();
        }

        KnowledgeState known = await knowledge.CurrentAsync(clientId, cancellationToken);
        return runs.Where(run => run.Sources.Length > 0).ToDictionary(run => run.MessageId, run => new ReplySource(
            string.Join(", ", run.Sources),
            string.Join(" · ", run.Sources.Select(id => known.Entries.TryGetValue(id, out FaqEntry? entry) ? entry.Question : id))));
    }
}

/// <param name="Id">The entries' ids.</param>
/// <param name="Title">Their questions; an entry that is gone by now shows its id.</param>
internal sealed record ReplySource(string Id, string Title);
