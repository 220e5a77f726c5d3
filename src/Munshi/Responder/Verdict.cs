namespace Munshi.Responder;

/// <summary>A customer's word on an automatic answer.</summary>
/// <param name="MessageId">The message in which it was given.</param>
/// <param name="ReplyId">The answer.</param>
/// <param name="Sources">The entries it rested on.</param>
/// <param name="Helped">Yes or no.</param>
internal sealed record Verdict(Guid MessageId, Guid ReplyId, IReadOnlyList<string> Sources, bool Helped);
