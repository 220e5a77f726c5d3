using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>A message's whole immutable record, column by column as it stands in <c>vault.message</c>.</summary>
internal sealed record MessageRecord
{
    internal const string TextColumn = "vault.message.text_sealed";
    internal const string RawColumn = "vault.message.raw_sealed";

    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>The customer's identifier, of an outbound message too: its key seals the words.</summary>
    public required Guid IdentifierId { get; init; }

    /// <summary><c>in</c> or <c>out</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Who wrote it (<see cref="Actor.Pseudonym"/>).</summary>
    public required string Author { get; init; }

    /// <summary>The provider's type: <c>text</c>, <c>reaction</c>, <c>reply</c>, <c>image</c>, …; of ours <c>text</c>, <c>buttons</c> or <c>list</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>webhook</c>, <c>dashboard</c>, <c>responder</c>, <c>import</c>, or of the WhatsApp Business app <c>echo</c> and <c>history</c>, of another responder <c>standby</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The number of the conversation's customer messages up to and with this one.</summary>
    public required long Turn { get; init; }

    /// <summary>Where it stands in the conversation.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>As the provider told it; null where it told nothing plausible.</summary>
    public DateTimeOffset? ProviderAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required Guid KeyId { get; init; }

    /// <summary>The provider reference (HMAC) of the message quoted or reacted to.</summary>
    public byte[]? RefersTo { get; init; }

    /// <summary>The commitment in the ledger leaf; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key, byte[]? text, byte[]? raw) => Canonical(text, raw).Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical(byte[]? text, byte[]? raw) => new RecordCommitment()
        .Field("conversation", ConversationId.ToString())
        .Field("identifier", IdentifierId.ToString())
        .Field("direction", Direction)
        .Field("author", Author)
        .Field("kind", Kind)
        .Field("source", Source)
        .Field("turn", Turn.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Field("at", At)
        .Field("provider-at", ProviderAt)
        .Field("received-at", ReceivedAt)
        .Field("key", KeyId.ToString())
        .Field("refers-to", RefersTo)
        .Field("text", text)
        .Field("raw", raw);
}
