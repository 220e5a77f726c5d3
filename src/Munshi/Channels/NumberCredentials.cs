namespace Munshi.Channels;

/// <summary>What sending from a number takes.</summary>
/// <param name="NumberId">Our id.</param>
/// <param name="PhoneNumberId">Meta's id.</param>
/// <param name="AccessToken">The bearer token.</param>
/// <param name="TokenSealed">The same as it is stored: tells whether it was replaced since.</param>
internal sealed record NumberCredentials(Guid NumberId, string PhoneNumberId, string AccessToken, byte[] TokenSealed)
{
    public override string ToString() => $"{nameof(NumberCredentials)} {NumberId}";
}
