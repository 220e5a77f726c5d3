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

    /// <summary>The word for <see cref="TurnDecision.Answer"/>.</summary>
    public const string AnswerDecision = "answer";

    /// <summary>The word for <see cref="TurnDecision.Menu"/>.</summary>
    public const string MenuDecision = "menu";

    /// <summary>The word for <see cref="TurnDecision.Silent"/> and for an opt-out.</summary>
    private const string SilentDecision = "silent";

    private const string InsertSilent =
        """
        INSERT INTO responder.agent_run (client_id, id, conversation_id, message_id, provider, decision, reason, prompt_hash, sources, latency_ms, at)
        SELECT $1, r.id, r.conversation_id, r.message_id, $2, $3, r.reason, r.prompt_hash, '{}', $4, $5
        FROM unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::bytea[]) AS r (id, conversation_id, message_id, reason, prompt_hash)
        """;

    private const string PromptPurpose = "agent-run-prompt";

    private const string Insert =
        """
        INSERT INTO responder.agent_run
            (client_id, id, conversation_id, message_id, provider, decision, reason, prompt_hash, sources, score, reply_message_id, latency_ms, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    private const string Done =
        """
        SELECT message_id FROM responder.agent_run
        WHERE client_id = $1 AND message_id = ANY ($2) AND (decision = 'hand-off' OR reason IN ('people-have-it', 'person-answers', 'answered-on-phone', 'helped', 'thanked'))
        """;

    private static readonly string PastReplies = Sql.Read("Responder/past_replies.sql");

    /// <summary>Those of the messages that were given to people, whatever they made of them, or that asked for nothing more.</summary>
    public static Task<IReadOnlyList<Guid>> DoneAsync(WorkspaceTransaction transaction, IEnumerable<MessageText> messages) =>
        transaction.RowsAsync(
            new Statement(Done).Uuid(transaction.ClientId).Uuids([.. messages.Select(message => message.Id)]), reader => reader.GetGuid(0));

    /// <summary>Munshi's replies in a conversation since an instant, and those to messages of this list however old, newest first.</summary>
    public static Task<IReadOnlyList<PastReply>> RepliesAsync(
        WorkspaceTransaction transaction, Guid conversationId, DateTimeOffset since, IEnumerable<Said> also) =>
        transaction.RowsAsync(
            new Statement(PastReplies).Uuid(transaction.ClientId).Uuid(conversationId).Time(since).Int(TurnGuards.MostRepliesInADay)
                .Uuids([.. also.Where(said => said.Outbound).Select(said => said.Id)]),
            reader => new PastReply(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetFieldValue<DateTimeOffset>(4)));

    /// <param name="transaction">The transaction of the turn.</param>
    /// <param name="message">What was answered; its words are kept as a salted hash only.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="replyId">The message written, if any.</param>
    /// <param name="latency">From the job's start.</param>
    /// <param name="now">The time of the run.</param>
    public static void Record(
        WorkspaceTransaction transaction, MessageText message, TurnDecision decision, Guid? replyId, TimeSpan latency, DateTimeOffset now)
    {
        AgentRun run = Of(message, decision, replyId, latency, now);
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId).Uuid(run.Id).Uuid(run.ConversationId).Uuid(run.MessageId).Text(run.Provider).Text(run.Decision).Text(run.Reason)
            .Bytes(run.PromptHash).Texts(run.Sources).Number(run.Score).Uuid(run.ReplyMessageId).Int(run.LatencyMs).Time(run.At));
        AuditTrail.Record(transaction, Event(run, message));
    }

    /// <summary>Many turns to which nothing is written, as one statement.</summary>
    /// <param name="transaction">The transaction of the turns.</param>
    /// <param name="turns">What was looked at, and what was decided.</param>
    /// <param name="latency">From the start of them all.</param>
    /// <param name="now">The time of the runs.</param>
    public static void Record(
        WorkspaceTransaction transaction, IReadOnlyList<(MessageText Message, TurnDecision.Silent Decision)> turns, TimeSpan latency, DateTimeOffset now)
    {
        (AgentRun Run, MessageText Message)[] runs = [.. turns.Select(turn => (Of(turn.Message, turn.Decision, null, latency, now), turn.Message))];
        transaction.Queue(new Statement(InsertSilent)
            .Uuid(transaction.ClientId).Text(OfflineProvider).Text(SilentDecision).Int((int)latency.TotalMilliseconds).Time(now)
            .Uuids([.. runs.Select(one => one.Run.Id)])
            .Uuids([.. runs.Select(one => one.Run.ConversationId)])
            .Uuids([.. runs.Select(one => one.Run.MessageId)])
            .Texts([.. runs.Select(one => one.Run.Reason)])
            .BytesArray([.. runs.Select(one => one.Run.PromptHash)]));
        AuditTrail.Record(transaction, [.. runs.Select(one => Event(one.Run, one.Message))]);
    }

    /// <summary>The word for a decision.</summary>
    public static string Name(TurnDecision decision) => decision switch
    {
        TurnDecision.Answer => AnswerDecision,
        TurnDecision.Menu => MenuDecision,
        TurnDecision.HandOff => "hand-off",
        _ => SilentDecision,
    };

    private static AgentRun Of(MessageText message, TurnDecision decision, Guid? replyId, TimeSpan latency, DateTimeOffset now)
    {
        string[] sources = decision switch
        {
            TurnDecision.Answer answered => [.. answered.Sources],
            TurnDecision.Menu menu => [.. menu.Entries.Select(entry => entry.Id)],
            _ => [],
        };
        return new AgentRun(
            Guid.CreateVersion7(now),
            message.ConversationId,
            message.Id,
            OfflineProvider,
            Name(decision),
            decision.Reason,
            message.Key.Lookup(PromptPurpose, Encoding.UTF8.GetBytes(message.Text ?? "")),
            sources,
            (decision as TurnDecision.Answer)?.Score,
            replyId,
            (int)latency.TotalMilliseconds,
            now);
    }

    private static AuditEvent Event(AgentRun run, MessageText message) =>
        new(Actor.Responder, "run.recorded", "run", run.Id, run.At, run.Commit(message.Key));
}
