using System.Globalization;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Knowledge;
using Munshi.Vault;
using Munshi.Workspaces;

namespace Munshi.Responder;

/// <summary>Answers one turn: policy, knowledge, outbox, and the run recorded, all in one transaction under the conversation's lock.</summary>
internal sealed class TurnHandler(
    WorkspaceDatabase database,
    MessageTexts texts,
    KnowledgeBase knowledge,
    WorkspaceRegistry workspaces,
    Outbox outbox,
    TimeProvider clock) : IJobHandler
{
    public string Kind => ReceivedMessages.TurnJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        KnowledgeState known = await knowledge.CurrentAsync(lease.ClientId, cancellationToken);
        string businessName = await workspaces.NameAsync(lease.ClientId, cancellationToken);
        await database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is { } messageId)
            {
                await AnswerAsync(transaction, messageId, known, businessName, started);
                Jobs.Complete(transaction, lease);
            }

            return true;
        }, cancellationToken);
    }

    private async Task AnswerAsync(WorkspaceTransaction transaction, Guid messageId, KnowledgeState known, string businessName, long started)
    {
        MessageText message = await texts.FindAsync(transaction, messageId) ?? throw new InvalidOperationException("A turn without its message.");
        ConversationState conversation = (await Conversations.LockAsync(transaction, message.ConversationId))!;
        DateTimeOffset now = clock.GetMicrosecondNow();
        TurnDecision decision = TurnPolicy.Gate(conversation, message, now)
            ?? TurnPolicy.Decide(message, await texts.EarlierInTurnAsync(transaction, message), known);
        Guid? replyId = await ActAsync(transaction, conversation, message, decision, businessName, now);
        AgentRuns.Record(transaction, message, decision, replyId, clock.GetElapsedTime(started), now);
    }

    private async Task<Guid?> ActAsync(
        WorkspaceTransaction transaction, ConversationState conversation, MessageText message, TurnDecision decision, string businessName, DateTimeOffset now)
    {
        CultureInfo language = CustomerText.LanguageOf(message.Text);
        switch (decision)
        {
            case TurnDecision.Answer answer:
                string text = conversation.Greeted ? answer.Text : $"{answer.Text}\n\n{CustomerText.Greeting(language, businessName)}";
                Greet(transaction, conversation, now);
                return await WriteAsync(transaction, conversation, text, conversation.OwnerEpoch);

            case TurnDecision.HandOff:
                long epoch = Ownership.Change(transaction, conversation, Actor.Responder, OwnerKind.Waiting, null, now);
                return conversation.OptedOut || !conversation.WindowIsOpen(now)
                    ? null
                    : await WriteAsync(transaction, conversation, CustomerText.HandOff(language), epoch);

            case TurnDecision.OptOut optOut:
                OptOuts.Set(transaction, conversation, optOut.OptedOut, Actor.Responder, now);
                return conversation.Owner == OwnerKind.Responder && conversation.WindowIsOpen(now)
                    ? await ConfirmAsync(transaction, conversation, optOut.OptedOut ? CustomerText.Stopped(language) : CustomerText.Started(language))
                    : null;

            default:
                return null;
        }
    }

    private async Task<Guid?> WriteAsync(WorkspaceTransaction transaction, ConversationState conversation, string text, long epoch) =>
        await outbox.ComposeAsync(transaction, conversation, new OutboxDraft(text, Actor.Responder, Automatic: true, epoch));

    /// <summary>The one message that follows a STOP: it confirms it, so the opt-out itself does not withdraw it.</summary>
    private async Task<Guid?> ConfirmAsync(WorkspaceTransaction transaction, ConversationState conversation, string text) =>
        await outbox.ComposeAsync(transaction, conversation, new OutboxDraft(text, Actor.Responder, Automatic: false, conversation.OwnerEpoch));

    private static void Greet(WorkspaceTransaction transaction, ConversationState conversation, DateTimeOffset now)
    {
        if (!conversation.Greeted)
        {
            transaction.Queue(new Statement("UPDATE vault.conversation SET greeted_at = $3 WHERE client_id = $1 AND id = $2")
                .Uuid(transaction.ClientId).Uuid(conversation.Id).Time(now));
        }
    }
}
