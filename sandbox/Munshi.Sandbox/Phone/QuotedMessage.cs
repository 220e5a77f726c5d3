namespace Munshi.Sandbox.Phone;

/// <summary>A message as it stands above the reply to it.</summary>
public sealed record QuotedMessage(string Id, MessageDirection Direction, string Text);
