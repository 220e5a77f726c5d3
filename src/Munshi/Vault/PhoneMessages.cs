using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Media;
using Munshi.Vault.Resolving;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Vault;

/// <summary>
/// Stores what was not written through Munshi and is not for it to answer: in the WhatsApp Business app at once (echo) or before the number was
/// connected (history), and while another responder has the conversation (standby).
/// </summary>
/// <remarks>
/// Echo and history open no window and count as unread by nobody; a customer's message on standby does both. An echo says that somebody answers on
/// the phone: the conversation is theirs.
/// </remarks>
internal sealed class PhoneMessages(Correspondents correspondents, DataKeys dataKeys, MessageStatuses statuses, TimeProvider clock)
{
    internal const string Echo = "echo";
    internal const string History = "history";
    internal const string Standby = "standby";

    /// <summary>The reason word of what had become of a message before it was taken over.</summary>
    private const string FromHistory = "history";

    public Task<ReceiptOutcome> ReceiveEchoAsync(WorkspaceTransaction transaction, ArrivedMessage arrived) => ReceiveAsync(transaction, arrived, Echo);

    public Task<ReceiptOutcome> ReceiveHistoryAsync(WorkspaceTransaction transaction, ArrivedMessage arrived) => ReceiveAsync(transaction, arrived, History);

    /// <summary>What a customer wrote, or another responder answered, while that has the conversation.</summary>
    public Task<ReceiptOutcome> ReceiveStandbyAsync(WorkspaceTransaction transaction, ArrivedMessage arrived) => ReceiveAsync(transaction, arrived, Standby);

    /// <summary>The id under which a file is kept whose message came before it, as a placeholder, with the same provider id.</summary>
    internal static string FileId(string providerId) => providerId + "#file";

    private async Task<ReceiptOutcome> ReceiveAsync(WorkspaceTransaction transaction, ArrivedMessage arrived, string source)
    {
        if (arrived.Flaw is { } flaw)
        {
            return new ReceiptOutcome.Unusable(flaw);
        }

        if (arrived.Message.Side is MessageSide.Unknown)
        {
            return new ReceiptOutcome.Unusable("no-sender");
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Correspondent customer = await correspondents.ResolveAsync(transaction, arrived.Claims, arrived.Message.ProfileName, now, Actor.Intake, arrived.Message.ProviderId);
        Guid id = Guid.CreateVersion7(now);
        string? quoted = arrived.QuotedId;
        if (!await ProviderReferences.ReserveAsync(transaction, customer, arrived.Message.ProviderId!, id))
        {
            if (!await IsFileOfPlaceholderAsync(transaction, customer, arrived, source, id))
            {
                return new ReceiptOutcome.Duplicate();
            }

            quoted = arrived.Message.ProviderId;
        }

        DateTimeOffset? providerAt = arrived.Message.SentAt.AsOf(now);
        DateTimeOffset at = source == History ? providerAt ?? arrived.ReceivedAt : arrived.StandsAt(providerAt);
        ConversationState conversation = await Conversations.OpenAsync(transaction, customer, arrived.NumberId, id, at, now);
        DataKey key = await dataKeys.GetAsync(transaction, customer.Author.Id, DataKeys.PeriodOf(source == History ? at : arrived.ReceivedAt), now);
        byte[]? refersTo = await ProviderReferences.RefersToAsync(transaction, customer, quoted);
        (string kind, string? text, bool says) = arrived.Describe();
        bool outbound = arrived.Message.Side is MessageSide.Business;
        bool counts = says && !outbound && source == Standby;
        Actor author = outbound ? source == Standby ? Actor.OtherResponder : Actor.Phone : Actor.Customer(customer.Author.Id);
        MessageRecord record = new()
        {
            Id = id,
            ConversationId = conversation.Id,
            IdentifierId = customer.Author.Id,
            Direction = outbound ? "out" : "in",
            Author = author.Pseudonym,
            Kind = kind,
            Source = source,
            Turn = source == History ? 0 : conversation.InboundCount + (counts ? 1 : 0),
            At = at,
            ProviderAt = providerAt,
            ReceivedAt = arrived.ReceivedAt,
            KeyId = key.Id,
            RefersTo = refersTo,
        };
        MessageWriter.Write(
            transaction, record, key.Material, text is null ? null : Encoding.UTF8.GetBytes(text), arrived.Raw, author, Action(source, outbound));
        WantedMedia.Note(transaction, [(record, arrived)], now);
        if (says)
        {
            Conversations.Touch(
                transaction, conversation, id, at, record.Turn > conversation.InboundCount ? record.Turn : conversation.InboundCount,
                counts ? ReceivedMessage.Later(conversation.WindowFrom, providerAt) : conversation.WindowFrom);
        }
        else
        {
            Signals.Conversation(transaction, conversation.Id);
        }

        if (counts)
        {
            Standings.Reopen(transaction, conversation, author, now);
        }

        if (says && source == Echo)
        {
            TakeOver(transaction, conversation, now);
        }

        if (outbound && arrived.Message.History is { Status: not DeliveryStatus.Unknown } known)
        {
            await statuses.RecordAsync(
                transaction, new OutboundReference(id, conversation.Id, customer.Author.Id), MessageStatuses.Name(known.Status), errorCode: null, FromHistory, Actor.Intake);
        }

        return new ReceiptOutcome.Stored(id);
    }

    private static string Action(string source, bool outbound) => source switch
    {
        History => "message.transferred",
        Standby when !outbound => ReceivedMessage.Action,
        _ => "message.echoed",
    };

    /// <summary>The files of the last days come by themselves, after the messages that had named none.</summary>
    private static async Task<bool> IsFileOfPlaceholderAsync(
        WorkspaceTransaction transaction, Correspondent customer, ArrivedMessage arrived, string source, Guid id)
    {
        if (source != History || arrived.Message.Content is not MediaContent
            || await ProviderReferences.FindAsync(transaction, customer, arrived.Message.ProviderId!) is not { } earlier)
        {
            return false;
        }

        string? kind = await transaction.RowAsync(
            new Statement("SELECT kind FROM vault.message WHERE client_id = $1 AND id = $2").Uuid(transaction.ClientId).Uuid(earlier),
            reader => reader.GetString(0));
        return kind == "media_placeholder" && await ProviderReferences.ReserveAsync(transaction, customer, FileId(arrived.Message.ProviderId!), id);
    }

    /// <summary>Whoever answers on the phone has read what came before; a person who has the conversation here keeps it.</summary>
    private static void TakeOver(WorkspaceTransaction transaction, ConversationState conversation, DateTimeOffset now)
    {
        transaction.Queue(new Statement("UPDATE vault.conversation SET read_count = $3 WHERE client_id = $1 AND id = $2 AND read_count < $3")
            .Uuid(transaction.ClientId).Uuid(conversation.Id).Long(conversation.InboundCount));
        if (conversation.Owner is OwnerKind.Responder or OwnerKind.Waiting)
        {
            Ownership.Change(transaction, conversation, Actor.Phone, OwnerKind.Phone, personId: null, now);
        }
    }
}
