namespace Munshi.Sandbox.Phone;

/// <summary>What the business may learn of a customer from now on.</summary>
/// <param name="Username">Null for none.</param>
/// <param name="PhoneKeptBack">Whether webhooks leave the phone number out.</param>
internal sealed record IdentityInput(string? Username = null, bool PhoneKeptBack = false)
{
    public const string Rule = "A username has 3 to 35 small letters, digits, points or underscores.";

    public bool IsGood =>
        Username is null || (Username.Length is >= 3 and <= 35 && Username.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '_'));
}
