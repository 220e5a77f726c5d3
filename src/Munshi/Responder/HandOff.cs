using System.Globalization;
using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Responder;

/// <summary>One hand-off, column by column as it stands in <c>responder.hand_off</c>.</summary>
internal sealed record HandOff(
    Guid Id,
    Guid ConversationId,
    Guid MessageId,
    string Reason,
    string Language,
    Guid[] Asked,
    string[] Offered,
    long OwnerEpoch,
    Guid KeyId,
    DateTimeOffset At)
{
    internal const string SummaryColumn = "responder.hand_off.summary_sealed";

    /// <summary>The commitment in the ledger leaf; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key, byte[]? summary) => Canonical(summary).Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical(byte[]? summary) => new RecordCommitment()
        .Field("conversation", ConversationId.ToString())
        .Field("message", MessageId.ToString())
        .Field("reason", Reason)
        .Field("language", Language)
        .Field("asked", string.Join(' ', Asked))
        .Field("offered", string.Join(' ', Offered))
        .Field("owner-epoch", OwnerEpoch.ToString(CultureInfo.InvariantCulture))
        .Field("key", KeyId.ToString())
        .Field("at", At)
        .Field("summary", summary);
}
