namespace Munshi.Vault.Joining;

/// <summary>One of the identifiers of a customer, as it is shown.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="IsUser">A user id of WhatsApp; else a phone number.</param>
/// <param name="Masked">Its last three characters; absent where it cannot be read.</param>
/// <param name="Loss">Why it cannot.</param>
/// <param name="Since">When it was first seen.</param>
public sealed record KnownAs(Guid Id, bool IsUser, string? Masked, WordsLoss Loss, DateTimeOffset Since)
{
    public override string ToString() => $"{nameof(KnownAs)} {Id}";
}
