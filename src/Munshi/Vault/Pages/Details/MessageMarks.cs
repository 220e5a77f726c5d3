namespace Munshi.Vault.Pages.Details;

/// <summary>Where a message came from.</summary>
/// <param name="Forwarded">Forwarded by the customer.</param>
/// <param name="ForwardedOften">More than five times.</param>
/// <param name="Advertisement">The headline or the words of the advertisement from which the customer wrote; empty where it has none, null where there was no advertisement.</param>
/// <param name="Product">The catalogue's product that it is about, the shop's own id.</param>
/// <param name="Answers">Whether it quotes another message, in the vault or not.</param>
public sealed record MessageMarks(bool Forwarded, bool ForwardedOften, string? Advertisement, string? Product, bool Answers)
{
    public static readonly MessageMarks None = new(false, false, null, null, false);

    public override string ToString() => nameof(MessageMarks);
}
