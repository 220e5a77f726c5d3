using System.Globalization;
using Munshi.Audit;
using Munshi.Audit.Restoring;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Knowledge;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;
using Munshi.Workspaces;

namespace Munshi.Responder;

/// <summary>Answers one turn: policy, knowledge, outbox, and the run recorded, all in one transaction under the conversation's lock.</summary>
internal sealed class TurnHandler(
    WorkspaceDatabase database,
    MessageTexts texts,
    KnowledgeBase knowledge,
    WorkspaceRegistry workspaces,
    Outbox outbox,
    Withdrawals withdrawals,
    TimeProvider clock) : IJobGroupHandler
{
    private const string IsOf =
        """
        SELECT EXISTS (
            SELECT FROM vault.message m JOIN vault.identifier i ON i.client_id = $1 AND i.id = m.identifier_id
            WHERE m.client_id = $1 AND m.id = $2 AND i.contact_id = $3)
        """;

    /// <summary>How long a turn waits, each time, while the answer to an earlier one is leaving.</summary>
    private static readonly TimeSpan LeavingDelay = TimeSpan.FromMilliseconds(250);

    public string Kind => ReceivedMessages.TurnJob;

    public int MostTogether => 256;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        await database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is not { } messageId)
            {
                return false;
            }

            if (await AnswerAsync(transaction, messageId, started))
            {
                Jobs.Complete(transaction, lease);
            }
            else
            {
                Jobs.Wait(transaction, lease, clock.GetUtcNow() + LeavingDelay);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Those to which the gate alone says that nothing is written; the others are left, those of a conversation in their order.</summary>
    public Task<IReadOnlyList<IReadOnlyList<JobLease>>> HandleAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        return database.TransactAsync<IReadOnlyList<IReadOnlyList<JobLease>>>(leases[0].ClientId, async transaction =>
        {
            IReadOnlyDictionary<JobLease, Guid> subjects = await Jobs.SubjectsAsync(transaction, leases);
            IReadOnlyList<MessageText> messages = await texts.FindAsync(transaction, subjects.Values);
            IReadOnlyList<ConversationState> locked = await Conversations.LockAsync(transaction, messages.Select(message => message.ConversationId).Distinct());
            Dictionary<Guid, ConversationState> conversations = locked.ToDictionary(conversation => conversation.Id);
            DateTimeOffset now = clock.GetMicrosecondNow();
            (MessageText Message, TurnDecision.Silent Decision)[] silent =
            [
                .. messages.Where(message => !TurnPolicy.IsConsent(Said.Of(message)))
                    .Select(message => (message, TurnPolicy.Gate(conversations[message.ConversationId], Said.Of(message), now) as TurnDecision.Silent))
                    .Where(turn => turn.Item2 is not null)
                    .Select(turn => (turn.message, turn.Item2!)),
            ];
            HashSet<Guid> done = [.. silent.Select(turn => turn.Message.Id)];
            if (silent.Length > 0)
            {
                AgentRuns.Record(transaction, silent, clock.GetElapsedTime(started), now);
                Jobs.Complete(transaction, subjects.Where(one => done.Contains(one.Value)).Select(one => one.Key));
            }

            Dictionary<Guid, Guid> conversationOf = messages.ToDictionary(message => message.Id, message => message.ConversationId);
            return
            [
                .. leases.Where(lease => subjects.TryGetValue(lease, out Guid message) && !done.Contains(message))
                    .GroupBy(lease => conversationOf.GetValueOrDefault(subjects[lease], subjects[lease]))
                    .Select(line => line.ToArray()),
            ];
        }, cancellationToken);
    }

    /// <summary>People take what could not be answered. The words may be what cannot be read, so nothing here opens them.</summary>
    public async Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        (Guid conversationId, long turn) = await transaction.RowAsync(
            new Statement("SELECT conversation_id, turn FROM vault.message WHERE client_id = $1 AND id = $2").Uuid(transaction.ClientId).Uuid(subject),
            reader => (reader.GetGuid(0), reader.GetInt64(1)));
        if (await Conversations.LockWhereItGoesOnAsync(transaction, conversationId) is ({ Owner: OwnerKind.Responder } conversation, { } last)
            && turn == conversation.InboundCount && await IsOfAsync(transaction, conversation, subject))
        {
            Ownership.Change(transaction, last, Actor.Responder, OwnerKind.Waiting, null, clock.GetMicrosecondNow());
        }
    }

    /// <returns>False when it is too early: the answer to an earlier turn is leaving.</returns>
    private async Task<bool> AnswerAsync(WorkspaceTransaction transaction, Guid messageId, long started)
    {
        MessageText message = await texts.FindAsync(transaction, messageId) ?? throw new InvalidOperationException("A turn without its message.");
        bool isConsent = TurnPolicy.IsConsent(Said.Of(message));
        if (isConsent)
        {
            await OptOuts.HoldAuthorAsync(transaction, messageId);
        }

        (ConversationState conversation, ConversationState last) = (await Conversations.LockWhereItGoesOnAsync(transaction, message.ConversationId))!.Value;
        DateTimeOffset now = clock.GetMicrosecondNow();
        OptOutAuthor? author = isConsent ? await OptOuts.AuthorAsync(transaction, messageId) : null;
        TurnDecision? decision = await GateAsync(transaction, author is null ? conversation : conversation with { OptedOut = author.OptedOut }, message, now);
        if (author is not null && !message.IsRevoked)
        {
            OptOuts.Hear(transaction, author, TurnPolicy.IsStop(Said.Of(message)), message.At);
        }

        if (decision is TurnDecision.OptOut said && author!.ContactId != conversation.ContactId)
        {
            decision = said with { Told = false }; // whoever is here now did not ask
        }

        if (decision is null or TurnDecision.HandOff && !await IsOfAsync(transaction, conversation, messageId))
        {
            decision = new TurnDecision.Silent { Reason = "separated" };
        }

        if (decision is null or TurnDecision.OptOut && await UncertainPast.HoldsAsync(transaction, message.At))
        {
            // It may have been answered after the backup was made, so people look. STOP and START are heard, and not confirmed once more.
            decision = decision is TurnDecision.OptOut heard ? heard with { Told = false } : new TurnDecision.HandOff { Reason = "restored", Told = false };
        }

        IReadOnlyList<MessageText> earlier = [];
        if (decision is null)
        {
            if (!await withdrawals.TrySupersedeAsync(transaction, conversation, message.Turn))
            {
                return false;
            }

            conversation = (await Conversations.LockAsync(transaction, message.ConversationId))!;
            earlier = await EarlierAsync(transaction, message);
        }

        bool isLookedAt = decision is null or TurnDecision.HandOff;
        ConversationHistory history = isLookedAt ? await HistoryAsync(transaction, message, now) : ConversationHistory.Empty;
        KnowledgeState known = isLookedAt ? await knowledge.CurrentAsync(transaction) : KnowledgeState.Empty;
        decision ??= TurnPolicy.Decide(Said.Of(message), [.. earlier.Select(Said.Of)], history, known, now);
        await AnswerOutcomes.RecordAsync(transaction, [.. earlier, message], decision.Verdicts, now);
        Guid? replyId = await ActAsync(transaction, conversation, new Turn(message, history, known, now) { Author = author, GoesOn = conversation.GoesOnIn is null ? conversation : last }, decision);
        AgentRuns.Record(transaction, message, decision, replyId, clock.GetElapsedTime(started), now);
        return true;
    }

    /// <summary>Whether whoever wrote a message is the customer of its conversation still: nobody is answered for another.</summary>
    private static Task<bool> IsOfAsync(WorkspaceTransaction transaction, ConversationState conversation, Guid messageId) => transaction.RowAsync(
        new Statement(IsOf).Uuid(transaction.ClientId).Uuid(messageId).Uuid(conversation.ContactId), reader => reader.GetBoolean(0));

    private async Task<TurnDecision?> GateAsync(WorkspaceTransaction transaction, ConversationState conversation, MessageText message, DateTimeOffset now)
    {
        if (message.IsRevoked && (await EarlierAsync(transaction, message)).Count == 0)
        {
            return new TurnDecision.Silent { Reason = "revoked" };
        }

        Said said = Said.Of(message);
        return message.Turn < conversation.InboundCount
            && TurnPolicy.IsConsent(said)
            && (await texts.LaterAsync(transaction, message)).Select(Said.Of).Any(TurnPolicy.IsConsent)
            ? new TurnDecision.Silent { Reason = "newer-message" }
            : TurnPolicy.Gate(conversation, said, now);
    }

    private async Task<IReadOnlyList<MessageText>> EarlierAsync(WorkspaceTransaction transaction, MessageText message)
    {
        IReadOnlyList<MessageText> earlier = await texts.EarlierInTurnAsync(transaction, message);
        if (earlier.Count == 0)
        {
            return earlier;
        }

        IReadOnlyList<Guid> done = await AgentRuns.DoneAsync(transaction, earlier);
        return [.. earlier.Where(asked => !done.Contains(asked.Id))];
    }

    private async Task<ConversationHistory> HistoryAsync(WorkspaceTransaction transaction, MessageText message, DateTimeOffset now)
    {
        Said[] messages = [.. (await texts.RecentAsync(transaction, message, ConversationHistory.MostMessages)).Select(Said.Of)];
        return new ConversationHistory(messages, await AgentRuns.RepliesAsync(transaction, message.ConversationId, now - TurnGuards.Day, messages));
    }

    private async Task<Guid?> ActAsync(WorkspaceTransaction transaction, ConversationState conversation, Turn turn, TurnDecision decision)
    {
        CultureInfo language = CustomerText.LanguageOf(Said.Of(turn.Message), turn.History);
        bool greets = !conversation.Greeted && decision is TurnDecision.Answer or TurnDecision.Menu;
        ReplyComposer composer = new(language, greets ? CustomerText.Greeting(language, await workspaces.NameAsync(transaction)) : null);
        switch (decision)
        {
            case TurnDecision.Answer answer:
                return await ReplyAsync(transaction, conversation, composer.Answer(answer), turn);

            case TurnDecision.Menu menu:
                return await ReplyAsync(transaction, conversation, composer.Menu(menu), turn);

            case TurnDecision.HandOff handOff:
                long epoch = Ownership.Change(transaction, turn.GoesOn, Actor.Responder, OwnerKind.Waiting, null, turn.Now);
                HandOffs.Record(transaction, turn.GoesOn.Id, turn.Message, turn.History, turn.Known, handOff.Reason, language, epoch, turn.Now);
                return handOff.Told && turn.GoesOn.Id == conversation.Id && conversation.WindowIsOpen(turn.Now)
                    ? await WriteAsync(transaction, turn.GoesOn, new Composed(CustomerText.HandOff(language), null), epoch, turn: null)
                    : null;

            case TurnDecision.OptOut optOut:
                OptOuts.Set(transaction, turn.Author!, optOut.OptedOut, Actor.Responder, turn.Now);
                return optOut.Told && conversation.Owner != OwnerKind.Person && conversation.WindowIsOpen(turn.Now)
                    ? await ConfirmAsync(transaction, conversation, optOut.OptedOut ? CustomerText.Stopped(language) : CustomerText.Started(language))
                    : null;

            default:
                return null;
        }
    }

    private async Task<Guid?> ReplyAsync(WorkspaceTransaction transaction, ConversationState conversation, Composed composed, Turn turn)
    {
        Greet(transaction, conversation, turn.Now);
        return await WriteAsync(transaction, conversation, composed, conversation.OwnerEpoch, turn.Message.Turn);
    }

    private async Task<Guid?> WriteAsync(WorkspaceTransaction transaction, ConversationState conversation, Composed composed, long epoch, long? turn) =>
        await outbox.ComposeAsync(
            transaction, conversation, new OutboxDraft(composed.Options is { } options ? new OutboundOptions(composed.Text, options) : new OutboundText(composed.Text), Actor.Responder, Withdrawable: true, epoch, turn));

    /// <summary>The one message that follows a STOP: it confirms it, so the opt-out itself does not withdraw it.</summary>
    private async Task<Guid?> ConfirmAsync(WorkspaceTransaction transaction, ConversationState conversation, string text) =>
        await outbox.ComposeAsync(transaction, conversation, new OutboxDraft(new OutboundText(text), Actor.Responder, Withdrawable: false, conversation.OwnerEpoch, Turn: null));

    private static void Greet(WorkspaceTransaction transaction, ConversationState conversation, DateTimeOffset now)
    {
        if (!conversation.Greeted)
        {
            transaction.Queue(new Statement("UPDATE vault.conversation SET greeted_at = $3 WHERE client_id = $1 AND id = $2")
                .Uuid(transaction.ClientId).Uuid(conversation.Id).Time(now));
        }
    }

    private sealed record Turn(MessageText Message, ConversationHistory History, KnowledgeState Known, DateTimeOffset Now)
    {
        /// <summary>Who wrote it, where it says stop or start.</summary>
        public OptOutAuthor? Author { get; init; }

        /// <summary>What people are given where they are to answer: the conversation, or that in which it goes on.</summary>
        public required ConversationState GoesOn { get; init; }
    }
}
