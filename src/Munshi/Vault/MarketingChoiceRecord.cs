using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>One choice of a customer, column by column as it stands in <c>vault.marketing_choice</c>.</summary>
/// <param name="Id">Its own.</param>
/// <param name="IdentifierId">Whose it is.</param>
/// <param name="NumberId">The business number that it holds for.</param>
/// <param name="Choice"><c>stop</c>, <c>resume</c>, or <c>unknown</c> for a word not known yet.</param>
/// <param name="At">When it was made, as the provider told it.</param>
/// <param name="ReceivedAt">When its delivery was acknowledged.</param>
/// <param name="KeyId">The data key of identifier and month.</param>
internal sealed record MarketingChoiceRecord(
    Guid Id, Guid IdentifierId, Guid NumberId, string Choice, DateTimeOffset At, DateTimeOffset ReceivedAt, Guid KeyId)
{
    internal const string RawColumn = "vault.marketing_choice.raw_sealed";

    /// <summary>The commitment in the ledger leaf; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key, byte[] raw) => Canonical(raw).Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical(byte[]? raw) => new RecordCommitment()
        .Field("identifier", IdentifierId.ToString())
        .Field("number", NumberId.ToString())
        .Field("choice", Choice)
        .Field("at", At)
        .Field("received-at", ReceivedAt)
        .Field("key", KeyId.ToString())
        .Field("raw", raw);
}
