using System.Text.Json;
using Munshi.WhatsApp.Json;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>A message, echo, history item or message on standby as told by <see cref="WebhookUpdate.Json"/>.</summary>
public sealed record InboundMessage
{
    /// <summary>65,536 UTF-16 units; WhatsApp itself allows 4,096 characters to be sent.</summary>
    public const int MaxTextLength = 65_536;

    /// <summary>The <c>wamid</c>. It holds the customer's phone number in base64.</summary>
    public string? ProviderId { get; internal init; }

    /// <summary>Who wrote it.</summary>
    public MessageSide Side { get; internal init; }

    /// <summary>Whose conversation it is, whoever wrote it: sender, receiver or the history's thread, and what the contact adds.</summary>
    public CustomerIdentity Customer { get; internal init; } = CustomerIdentity.None;

    /// <summary>The sender's phone number, digits with country code and no plus. May be absent: <see cref="FromUserId"/> is the identity that stays.</summary>
    public string? From { get; internal init; }

    /// <summary>The sender's business-scoped user id, such as <c>IN.77…</c>, byte for byte.</summary>
    public string? FromUserId { get; internal init; }

    /// <summary>The sender's id across linked business portfolios, <c>IN.ENT.…</c>.</summary>
    public string? ParentUserId { get; internal init; }

    /// <summary>Echoes and history: the receiver's phone number.</summary>
    public string? To { get; internal init; }

    /// <summary>Echoes and history: the receiver's business-scoped user id.</summary>
    public string? ToUserId { get; internal init; }

    /// <summary>History: the customer whose conversation it is, as Meta names the thread.</summary>
    public string? ThreadId { get; internal init; }

    /// <summary>The group it was written in; only official business accounts have groups.</summary>
    public string? GroupId { get; internal init; }

    /// <summary>The customer's own name for themselves: the sender's, or the receiver's of an echo.</summary>
    public string? ProfileName { get; internal init; }

    /// <summary>The customer's username, without an at sign. It can change without the identity changing.</summary>
    public string? Username { get; internal init; }

    /// <summary>Stands for the customer's security code; only where the check for its change is on.</summary>
    public string? IdentityKeyHash { get; internal init; }

    /// <summary>Second granularity; ties are normal.</summary>
    public ProviderTime SentAt { get; internal init; }

    /// <summary><c>type</c> as sent, at most 64 characters; empty where it is missing.</summary>
    public string Type { get; internal init; } = "";

    public MessageContent Content { get; internal init; } = new OtherContent("");

    public MessageContext? Context { get; internal init; }

    /// <summary>The advertisement from which the customer began to write; any kind of message may have it.</summary>
    public Referral? Referral { get; internal init; }

    /// <summary>Why a part of it is missing, such as a file of more than 100 MB (131052); at most 1,000.</summary>
    public IReadOnlyList<ProviderError> Errors { get; internal init; } = [];

    /// <summary>History: what had become of it on the phone.</summary>
    public HistoryContext? History { get; internal init; }

    /// <summary>History: the chunk it came with; null for updates that bring a file.</summary>
    public HistoryChunk? Chunk { get; internal init; }

    public PayloadFlaws Flaws { get; internal init; }

    /// <param name="json">A <see cref="WebhookUpdate.Json"/>. Any other bytes give an empty message with <see cref="PayloadFlaws.Unreadable"/>.</param>
    public static InboundMessage Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return new InboundMessage { Flaws = PayloadFlaws.Unreadable };
        }

        using (document)
        {
            JsonElement message = document.RootElement.Field("message"u8);
            return message.ValueKind == JsonValueKind.Object
                ? InboundMessageReader.Read(document.RootElement, message)
                : new InboundMessage { Flaws = PayloadFlaws.Unreadable };
        }
    }

    public override string ToString() => $"{nameof(InboundMessage)} {{ Content = {Content}, Flaws = {Flaws} }}";
}
