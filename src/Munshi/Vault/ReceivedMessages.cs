using System.Buffers.Binary;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Vault;

/// <summary>Stores what customers wrote: message, audit event and the responder's job in one transaction, each message once.</summary>
internal sealed class ReceivedMessages(Correspondents correspondents, DataKeys dataKeys, TimeProvider clock)
{
    /// <summary>The kind of the job that answers.</summary>
    public const string TurnJob = "responder.turn";

    private const string InsertReference =
        """
        INSERT INTO vault.provider_reference (client_id, reference, message_id)
        SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM vault.provider_reference WHERE client_id = $1 AND reference IN ($2, $4))
        ON CONFLICT (client_id, reference) DO NOTHING
        RETURNING message_id
        """;

    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="arrived">The message.</param>
    public async Task<ReceiptOutcome> ReceiveAsync(WorkspaceTransaction transaction, ArrivedMessage arrived)
    {
        if (arrived.Flaw is { } flaw)
        {
            return new ReceiptOutcome.Unusable(flaw);
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Correspondent customer = await correspondents.ResolveAsync(transaction, arrived.Claims, arrived.Message.ProfileName, now, Actor.Intake);
        Guid id = Guid.CreateVersion7(now);
        if (!await ReserveAsync(transaction, customer, arrived.Message.ProviderId!, id))
        {
            return new ReceiptOutcome.Duplicate();
        }

        ConversationState conversation = await Conversations.OpenAsync(transaction, customer.ContactId, arrived.NumberId, id, now);
        DataKey key = await dataKeys.GetAsync(transaction, customer.Author.Id, DataKeys.PeriodOf(arrived.ReceivedAt), now);
        byte[]? refersTo = await RefersToAsync(transaction, customer, arrived);
        ReceivedMessage received = ReceivedMessage.Of(arrived, id, customer.Author.Id, conversation.Id, conversation.InboundCount, key.Id, refersTo, now);
        MessageWriter.Write(transaction, received.Record, key.Material, received.Text, arrived.Raw, received.Author, ReceivedMessage.Action);
        if (received.Asks)
        {
            Conversations.Touch(
                transaction, conversation, id, received.Record.At, received.Record.Turn, ReceivedMessage.Later(conversation.WindowFrom, received.Record.ProviderAt));
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

        return new ReceiptOutcome.Stored(id);
    }

    /// <summary>Takes the provider's id for this message; false when any identifier of the contact has it already.</summary>
    private static async Task<bool> ReserveAsync(WorkspaceTransaction transaction, Correspondent customer, string providerId, Guid id)
    {
        byte[][] references = customer.References(providerId);
        if (references.Length > 1)
        {
            // The same message may come at once under another identifier, whose reference differs: one after the other, then.
            transaction.Queue(new Statement("SELECT pg_advisory_xact_lock($1)") { ReturnsRows = true }
                .Long(BinaryPrimitives.ReadInt64BigEndian(customer.ContactId.ToByteArray().AsSpan(8))));
        }

        if (references.Length > 2 && await IsKnownAsync(transaction, references))
        {
            return false;
        }

        Guid reserved = await transaction.RowAsync(
            new Statement(InsertReference).Uuid(transaction.ClientId).Bytes(references[0]).Uuid(id).Bytes(references[^1]), reader => reader.GetGuid(0));
        return reserved == id;
    }

    private static async Task<bool> IsKnownAsync(WorkspaceTransaction transaction, byte[][] references) =>
        await transaction.RowAsync(
            new Statement("SELECT message_id FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2) LIMIT 1")
                .Uuid(transaction.ClientId).BytesArray(references),
            reader => reader.GetGuid(0)) != Guid.Empty;

    /// <summary>The reference under which the quoted message stands, whichever identifier it was sent to or came from.</summary>
    private static async Task<byte[]?> RefersToAsync(WorkspaceTransaction transaction, Correspondent customer, ArrivedMessage arrived)
    {
        if (arrived.QuotedId is not { } quoted)
        {
            return null;
        }

        byte[][] references = customer.References(quoted);
        return references.Length == 1
            ? references[0]
            : await transaction.RowAsync(
                new Statement("SELECT reference FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2) LIMIT 1")
                    .Uuid(transaction.ClientId).BytesArray(references),
                reader => reader.GetFieldValue<byte[]>(0)) ?? references[0];
    }
}
