namespace Munshi.Api;

/// <summary>A message that waits to leave, or left when the same key came before.</summary>
/// <param name="MessageId">Its id.</param>
internal sealed record SentAnswer(Guid MessageId);
