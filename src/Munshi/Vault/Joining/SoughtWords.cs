using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Munshi.Access;

namespace Munshi.Vault.Joining;

/// <summary>What somebody looks for, sealed for them and for an hour: a name or number that no address, history or log may hold can then be gone back to.</summary>
internal sealed class SoughtWords(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public string Seal(SignedIn person, string sought) => Of(person).Protect(sought, Lifetime);

    /// <summary>Null where it was not sealed for this person, or too long ago.</summary>
    public string? Open(SignedIn person, string? value)
    {
        try
        {
            return string.IsNullOrEmpty(value) ? null : Of(person).Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Of(SignedIn person) =>
        protection.CreateProtector(nameof(SoughtWords), person.ClientId.ToString(), person.PersonId.ToString()).ToTimeLimitedDataProtector();
}
