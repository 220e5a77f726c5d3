namespace Munshi.Notices;

/// <summary>A mail that may leave, and for whom.</summary>
/// <param name="Delivery">What it tells.</param>
/// <param name="Recipient">With an address.</param>
internal sealed record MailPlan(Delivery Delivery, NoticePreferences Recipient);
