using System.Buffers.Binary;
using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Vault;

/// <summary>Stores what customers wrote: message, audit event and the responder's job in one transaction, each message once.</summary>
internal sealed class ReceivedMessages(Correspondents correspondents, DataKeys dataKeys, TimeProvider clock)
{
    /// <summary>The kind of the job that answers.</summary>
    public const string TurnJob = "responder.turn";

    /// <summary>Meta gives whole seconds; a message that came within this time of them stands where it arrived.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    private const string InsertReference =
        """
        INSERT INTO vault.provider_reference (client_id, reference, message_id)
        SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM vault.provider_reference WHERE client_id = $1 AND reference IN ($2, $4))
        ON CONFLICT (client_id, reference) DO NOTHING
        RETURNING message_id
        """;

    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="numberId">The number it came to.</param>
    /// <param name="message">As read from <paramref name="raw"/>.</param>
    /// <param name="raw">The update whole.</param>
    /// <param name="receivedAt">When its delivery was acknowledged.</param>
    public async Task<ReceiptOutcome> ReceiveAsync(
        WorkspaceTransaction transaction, Guid numberId, InboundMessage message, ReadOnlyMemory<byte> raw, DateTimeOffset receivedAt)
    {
        IReadOnlyList<IdentifierClaim> claims = IdentifierClaim.From(message.FromUserId, message.From);
        if (message.ProviderId is null || claims.Count == 0)
        {
            return new ReceiptOutcome.Unusable(message.ProviderId is null ? "no-message-id" : "no-sender");
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Correspondent customer = await correspondents.ResolveAsync(transaction, claims, message.ProfileName, now, Actor.Intake);
        Guid id = Guid.CreateVersion7(now);
        if (!await ReserveAsync(transaction, customer, message.ProviderId, id))
        {
            return new ReceiptOutcome.Duplicate();
        }

        ConversationState conversation = await Conversations.OpenAsync(transaction, customer.ContactId, numberId, id, now);
        DataKey key = await dataKeys.GetAsync(transaction, customer.Author.Id, DataKeys.PeriodOf(receivedAt), now);
        DateTimeOffset? providerAt = message.SentAt.AsOf(now);
        (string kind, string? text, bool asks) = Describe(message);
        long turn = conversation.InboundCount + (asks ? 1 : 0);
        MessageRecord record = new()
        {
            Id = id,
            ConversationId = conversation.Id,
            IdentifierId = customer.Author.Id,
            Direction = "in",
            Author = Actor.Customer(customer.Author.Id).Pseudonym,
            Kind = kind,
            Source = "webhook",
            Turn = turn,
            At = providerAt is { } told && (receivedAt - told).Duration() > Prompt ? told : receivedAt,
            ProviderAt = providerAt,
            ReceivedAt = receivedAt,
            KeyId = key.Id,
            RefersTo = await RefersToAsync(transaction, customer, message),
        };
        MessageWriter.Write(
            transaction, record, key.Material, text is null ? null : Encoding.UTF8.GetBytes(text), raw.ToArray(), Actor.Customer(customer.Author.Id), "message.received");
        if (asks)
        {
            Conversations.Touch(transaction, conversation, id, record.At, turn, Later(conversation.WindowFrom, providerAt));
            Jobs.Enqueue(transaction, TurnJob, id, now);
        }
        else
        {
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

    /// <summary>Kind, shown text, and whether it is a turn of the conversation that wants an answer.</summary>
    private static (string Kind, string? Text, bool Asks) Describe(InboundMessage message) => message.Content switch
    {
        TextContent text => ("text", text.Body, true),
        ReplyContent reply => ("reply", reply.Title.Length > 0 ? reply.Title : reply.Id, true),
        ReactionContent reaction => ("reaction", reaction.Emoji, false),
        UnsupportedContent => ("unsupported", null, true),
        OtherContent other => (KindName(other.Type), null, other.Type is not ("system" or "request_welcome")),
        _ => ("unknown", null, true),
    };

    private static string KindName(string type) =>
        type.Length is > 0 and <= 64 && type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') ? type : "unknown";

    /// <summary>The reference under which the quoted message stands, whichever identifier it was sent to or came from.</summary>
    private static async Task<byte[]?> RefersToAsync(WorkspaceTransaction transaction, Correspondent customer, InboundMessage message)
    {
        string? quoted = message.Content is ReactionContent reaction ? reaction.MessageId : message.Context?.QuotedId;
        if (quoted is null)
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

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other is null ? one ?? other : one > other ? one : other;
}
