using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Vault.Notes;

/// <summary>One note, column by column as it stands in <c>vault.note</c>.</summary>
/// <param name="Id">Its own.</param>
/// <param name="ConversationId">What it is about.</param>
/// <param name="IdentifierId">The customer's identifier, whose key seals the words.</param>
/// <param name="PersonId">Who wrote it.</param>
/// <param name="At">When, in whole microseconds.</param>
/// <param name="KeyId">The data key of identifier and month.</param>
internal sealed record NoteRecord(Guid Id, Guid ConversationId, Guid IdentifierId, Guid PersonId, DateTimeOffset At, Guid KeyId)
{
    internal const string TextColumn = "vault.note.text_sealed";

    /// <summary>The commitment in the ledger leaf; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key, byte[] text) => Canonical(text).Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical(byte[]? text) => new RecordCommitment()
        .Field("conversation", ConversationId.ToString())
        .Field("identifier", IdentifierId.ToString())
        .Field("person", PersonId.ToString())
        .Field("at", At)
        .Field("key", KeyId.ToString())
        .Field("text", text);
}
