namespace Munshi.Channels;

/// <summary>A Meta app: its secret signs every webhook.</summary>
/// <param name="Id">Stands in the webhook's address.</param>
/// <param name="ClientId">The workspace that owns it.</param>
/// <param name="Secret">Meta's app secret, UTF-8.</param>
/// <param name="VerifyTokenHash">SHA-256 of the verify token.</param>
internal sealed record MetaApp(Guid Id, Guid ClientId, byte[] Secret, byte[] VerifyTokenHash)
{
    public override string ToString() => $"{nameof(MetaApp)} {Id}";
}
