namespace Munshi.Sandbox.Mail;

/// <summary>Everything the mailbox page shows.</summary>
/// <param name="Mails">Newest first.</param>
/// <param name="Port">Where the mail server listens.</param>
public sealed record MailPageView(IReadOnlyList<ReceivedMail> Mails, int Port, string Theme, string Nonce);
