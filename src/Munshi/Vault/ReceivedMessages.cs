using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Media;
using Munshi.Vault.Resolving;

namespace Munshi.Vault;

/// <summary>Stores what customers wrote: message, audit event and the responder's job in one transaction, each message once.</summary>
internal sealed class ReceivedMessages(Correspondents correspondents, DataKeys dataKeys, TimeProvider clock)
{
    /// <summary>The kind of the job that answers.</summary>
    public const string TurnJob = "responder.turn";

    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="arrived">The message.</param>
    public async Task<ReceiptOutcome> ReceiveAsync(WorkspaceTransaction transaction, ArrivedMessage arrived)
    {
        if (arrived.Flaw is { } flaw)
        {
            return new ReceiptOutcome.Unusable(flaw);
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Correspondent customer = await correspondents.ResolveAsync(transaction, arrived.Claims, arrived.Message.ProfileName, now, Actor.Intake, arrived.Message.ProviderId);
        Guid id = Guid.CreateVersion7(now);
        if (!await ProviderReferences.ReserveAsync(transaction, customer, arrived.Message.ProviderId!, id))
        {
            return new ReceiptOutcome.Duplicate();
        }

        ConversationState conversation = await Conversations.OpenAsync(transaction, customer, arrived.NumberId, id, at: now, now);
        DataKey key = await dataKeys.GetAsync(transaction, customer.Author.Id, DataKeys.PeriodOf(arrived.ReceivedAt), now);
        byte[]? refersTo = await ProviderReferences.RefersToAsync(transaction, customer, arrived.QuotedId);
        ReceivedMessage received = ReceivedMessage.Of(arrived, id, customer.Author.Id, conversation.Id, conversation.InboundCount, key.Id, refersTo, now);
        MessageWriter.Write(transaction, received.Record, key.Material, received.Text, arrived.Raw, received.Author, ReceivedMessage.Action);
        WantedMedia.Note(transaction, [(received.Record, arrived)], now);
        if (received.Asks)
        {
            Conversations.Touch(
                transaction, conversation, id, received.Record.At, received.Record.Turn, ReceivedMessage.Later(conversation.WindowFrom, received.Record.ProviderAt));
            Standings.Reopen(transaction, conversation, received.Author, now);
            Jobs.Enqueue(transaction, TurnJob, id, now);
        }
        else
        {
            if (arrived.Opens)
            {
                Conversations.OpenWindow(transaction, conversation, ReceivedMessage.Later(conversation.WindowFrom, received.Record.ProviderAt));
            }

            Signals.Conversation(transaction, conversation.Id);
        }

        await correspondents.LinkAsync(transaction, customer, arrived.Also, now, Actor.Intake);
        return new ReceiptOutcome.Stored(id);
    }
}
