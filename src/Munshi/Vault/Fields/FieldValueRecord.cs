using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Vault.Fields;

/// <summary>One value, column by column as it stands in <c>vault.field_value</c>.</summary>
/// <param name="Id">Its own.</param>
/// <param name="FieldId">What it is a value of.</param>
/// <param name="IdentifierId">The customer's identifier, whose identity key seals it; it goes where the identifier goes.</param>
/// <param name="PersonId">Who noted it.</param>
/// <param name="At">When, in whole microseconds.</param>
/// <param name="KeyId">The identifier's identity key.</param>
internal sealed record FieldValueRecord(Guid Id, Guid FieldId, Guid IdentifierId, Guid PersonId, DateTimeOffset At, Guid KeyId)
{
    internal const string ValueColumn = "vault.field_value.value_sealed";

    /// <summary>The commitment in the ledger leaf; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    /// <param name="key">That which <see cref="KeyId"/> names.</param>
    /// <param name="value">UTF-8; null where the value was taken away.</param>
    public byte[] Commit(KeyMaterial key, byte[]? value) => Canonical(value).Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical(byte[]? value) => new RecordCommitment()
        .Field("field", FieldId.ToString())
        .Field("identifier", IdentifierId.ToString())
        .Field("person", PersonId.ToString())
        .Field("at", At)
        .Field("key", KeyId.ToString())
        .Field("value", value);
}
