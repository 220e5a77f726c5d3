namespace Munshi.Sandbox.Phone;

/// <summary>A row of the list of customers.</summary>
/// <param name="Unread">Messages of the business that the customer has not seen.</param>
/// <param name="Last">The last message; null before the first.</param>
/// <param name="Version">Rises on every change of this row.</param>
public sealed record Conversation(string Phone, string Name, int Unread, PhoneMessageView? Last, long Version);
