namespace Munshi.Sandbox.Phone;

/// <summary>One phone as the page shows it.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Earlier">How many older ones are left out.</param>
/// <param name="Typing">How much longer the business seems to be typing; zero when it is not.</param>
/// <param name="Reply">The message that the next one quotes.</param>
/// <param name="Edited">The id of the message whose words are being changed.</param>
/// <param name="Username">What the business sees beside the name; null without one.</param>
/// <param name="Draft">What was typed when it was refused.</param>
/// <param name="Version">Of the messages, for the page's script.</param>
public sealed record OpenPhone(
    string Digits,
    string Name,
    IReadOnlyList<PhoneMessageView> Messages,
    int Earlier,
    TimeSpan Typing,
    QuotedMessage? Reply,
    string? Edited,
    string? Username,
    bool IsPhoneKeptBack,
    string Draft,
    long Version);
