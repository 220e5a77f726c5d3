namespace Munshi.Sandbox.Phone;

/// <param name="MessageId">The id of the phone API.</param>
/// <param name="Emoji">Null or empty takes the reaction back.</param>
internal sealed record ReactionInput(string? MessageId, string? Emoji);
