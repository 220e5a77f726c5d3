namespace Munshi.Vault;

/// <summary>A customer's message that one of ours quotes or reacts to.</summary>
/// <param name="Id">Ours.</param>
/// <param name="ProviderId">The <c>wamid</c>; it holds the customer's phone number.</param>
/// <param name="Reference">The same as HMAC, as it stands in the vault.</param>
internal sealed record QuotedMessage(Guid Id, string ProviderId, byte[] Reference)
{
    public override string ToString() => $"{nameof(QuotedMessage)} {Id}";
}
