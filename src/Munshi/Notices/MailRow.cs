namespace Munshi.Notices;

/// <summary>One recipient's mail of a notice, for the page.</summary>
/// <param name="Name">The recipient's; null for one who is no member any more.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">One of our own reason words; null where the state says it all.</param>
/// <param name="Code">The mail server's, with some reasons.</param>
/// <param name="HeldUntil">With <see cref="MailState.Held"/>.</param>
public sealed record MailRow(string? Name, MailState State, string? Reason, int? Code, DateTimeOffset? HeldUntil);
