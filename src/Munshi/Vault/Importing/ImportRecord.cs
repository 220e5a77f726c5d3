using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Vault.Importing;

/// <summary>An import's immutable record, column by column as it stands in <c>vault.import</c>.</summary>
internal sealed record ImportRecord(
    Guid Id, Guid ConversationId, Guid IdentifierId, byte[] FileLookup, string TimeZone, string DateOrder, DateTimeOffset At, Guid KeyId)
{
    internal const string FileColumn = "vault.import.file_sealed";

    /// <summary>The commitment in the ledger leaf; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key, byte[]? file) => Canonical(file).Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical(byte[]? file) => new RecordCommitment()
        .Field("conversation", ConversationId.ToString())
        .Field("identifier", IdentifierId.ToString())
        .Field("file-lookup", FileLookup)
        .Field("time-zone", TimeZone)
        .Field("date-order", DateOrder)
        .Field("at", At)
        .Field("key", KeyId.ToString())
        .Field("file", file);
}
