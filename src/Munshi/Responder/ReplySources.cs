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
        return runs.Where(run => run.Sources.Length > 0).ToDictionary(
            run => run.MessageId,
            run => new ReplySource([.. run.Sources.Select(id => new SourceEntry(id, known.Entries.GetValueOrDefault(id)))]));
    }
}

/// <param name="Entries">In the order of the run.</param>
internal sealed record ReplySource(IReadOnlyList<SourceEntry> Entries);

/// <param name="Id">The entry's id.</param>
/// <param name="Entry">As it stands now; null when it is gone.</param>
internal sealed record SourceEntry(string Id, FaqEntry? Entry);
