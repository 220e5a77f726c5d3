using System.Text;

namespace Munshi.Vault;

/// <summary>Something that identifies a person on WhatsApp.</summary>
/// <param name="Kind"><c>phone</c> (digits with country code) or <c>bsuid</c> (business-scoped user id).</param>
/// <param name="Value">Byte for byte as the provider gave it.</param>
internal sealed record IdentifierClaim(string Kind, string Value)
{
    /// <summary>Who wrote or was written to: the business-scoped user id first, as it is always there since 2026.</summary>
    public static IReadOnlyList<IdentifierClaim> From(string? userId, string? phone)
    {
        List<IdentifierClaim> claims = [];
        if (userId is not null)
        {
            claims.Add(new IdentifierClaim("bsuid", userId));
        }

        if (phone is not null)
        {
            claims.Add(new IdentifierClaim("phone", phone));
        }

        return claims;
    }

    internal byte[] Utf8Value => Encoding.UTF8.GetBytes(Value);

    public override string ToString() => Kind;
}
