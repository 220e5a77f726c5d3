namespace Munshi.Channels;

/// <summary>What sending from a number takes.</summary>
/// <param name="NumberId">Our id.</param>
/// <param name="PhoneNumberId">Meta's id.</param>
/// <param name="AccessToken">The bearer token.</param>
internal sealed record NumberCredentials(Guid NumberId, string PhoneNumberId, string AccessToken)
{
    public override string ToString() => $"{nameof(NumberCredentials)} {NumberId}";
}
