using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Vault;

namespace Munshi.Responder;

/// <summary>The record of every turn the responder looked at: what it decided, why, on what, how long it took.</summary>
internal static class AgentRuns
{
    /// <summary>The provider of the offline retrieval answerer.</summary>
    public const string OfflineProvider = "offline";

    private const string PromptPurpose = "agent-run-prompt";

    private const string Insert =
        """
        INSERT INTO responder.agent_run
            (client_id, id, conversation_id, message_id, provider, decision, reason, prompt_hash, sources, score, reply_message_id, latency_ms, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    private const string LeftToPeople =
        """
        SELECT message_id FROM responder.agent_run
        WHERE client_id = $1 AND message_id = ANY ($2) AND (decision = 'hand-off' OR reason IN ('people-have-it', 'person-answers'))
        """;

    /// <summary>Those of the messages that were given to people, whatever they made of them.</summary>
    public static Task<IReadOnlyList<Guid>> LeftToPeopleAsync(WorkspaceTransaction transaction, IEnumerable<MessageText> messages) =>
        transaction.RowsAsync(
            new Statement(LeftToPeople).Uuid(transaction.ClientId).Uuids([.. messages.Select(message => message.Id)]), reader => reader.GetGuid(0));

    /// <param name="transaction">The transaction of the turn.</param>
    /// <param name="message">What was answered; its words are kept as a salted hash only.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="replyId">The message written, if any.</param>
    /// <param name="latency">From the job's start.</param>
    /// <param name="now">The time of the run.</param>
    public static void Record(
        WorkspaceTransaction transaction, MessageText message, TurnDecision decision, Guid? replyId, TimeSpan latency, DateTimeOffset now)
    {
        TurnDecision.Answer? answer = decision as TurnDecision.Answer;
        AgentRun run = new(
            Guid.CreateVersion7(now),
            message.ConversationId,
            message.Id,
            OfflineProvider,
            Name(decision),
            decision.Reason,
            message.Key.Lookup(PromptPurpose, Encoding.UTF8.GetBytes(message.Text ?? "")),
            [.. answer?.Sources ?? []],
            answer?.Score,
            replyId,
            (int)latency.TotalMilliseconds,
            now);
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId).Uuid(run.Id).Uuid(run.ConversationId).Uuid(run.MessageId).Text(run.Provider).Text(run.Decision).Text(run.Reason)
            .Bytes(run.PromptHash).Texts(run.Sources).Number(run.Score).Uuid(run.ReplyMessageId).Int(run.LatencyMs).Time(run.At));
        AuditTrail.Record(transaction, new AuditEvent(Actor.Responder, "run.recorded", "run", run.Id, now, run.Commit(message.Key)));
    }

    private static string Name(TurnDecision decision) => decision switch
    {
        TurnDecision.Answer => "answer",
        TurnDecision.HandOff => "hand-off",
        _ => "silent",
    };
}
