using System.Text;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>The customer of a conversation: one contact, and the identifiers by which they are known.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Author">The identifier they used now.</param>
/// <param name="Identifiers">All of the contact's, <paramref name="Author"/> among them.</param>
internal sealed record Correspondent(Guid ContactId, KnownIdentifier Author, IReadOnlyList<KnownIdentifier> Identifiers)
{
    /// <summary>The HMAC of a provider's message id under each identifier's own key, the author's first.</summary>
    public byte[][] References(string providerId) =>
        [Author.Reference(providerId), .. Identifiers.Where(known => known.Id != Author.Id).Select(known => known.Reference(providerId))];
}

/// <param name="Id">The identifier's id.</param>
/// <param name="Identity">Its identity key.</param>
internal sealed record KnownIdentifier(Guid Id, KeyMaterial Identity)
{
    private const string ReferencePurpose = "provider-reference";

    /// <summary>A provider's message id, as it is stored: comparable while the identifier's key lives.</summary>
    public byte[] Reference(string providerId) => Identity.Lookup(ReferencePurpose, Encoding.UTF8.GetBytes(providerId));
}
