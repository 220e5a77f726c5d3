using System.Globalization;
using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>One report on a message, column by column as it stands in <c>vault.message_status</c>.</summary>
internal sealed record StatusRecord(
    Guid Id, Guid MessageId, string Status, int? ErrorCode, string? Reason, DateTimeOffset At, DateTimeOffset ReceivedAt, Guid KeyId)
{
    /// <summary>The commitment in the ledger leaf; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key, byte[]? raw) => Canonical(raw).Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical(byte[]? raw) => new RecordCommitment()
        .Field("message", MessageId.ToString())
        .Field("status", Status)
        .Field("error-code", ErrorCode?.ToString(CultureInfo.InvariantCulture))
        .Field("reason", Reason)
        .Field("at", At)
        .Field("received-at", ReceivedAt)
        .Field("key", KeyId.ToString())
        .Field("raw", raw);
}
