namespace Munshi.Sandbox.Mail;

/// <summary>One mail as it came in, and what a reader sees of it. An element of <c>GET /mail/messages</c>.</summary>
/// <param name="Id">Rises by one with each mail.</param>
/// <param name="At">UTC.</param>
/// <param name="From">The envelope's.</param>
/// <param name="To">The envelope's.</param>
/// <param name="MessageId">Null where the mail has none.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="Text">The body, decoded.</param>
/// <param name="Source">As it came, lines parted by CR LF, dots taken back.</param>
public sealed record ReceivedMail(
    long Id, DateTimeOffset At, string From, IReadOnlyList<string> To, string? MessageId, string Subject, string Text, string Source);
