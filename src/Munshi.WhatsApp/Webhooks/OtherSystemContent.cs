namespace Munshi.WhatsApp.Webhooks;

/// <param name="Type"><c>system.type</c>, at most 64 characters; empty where Meta gave none.</param>
public sealed record OtherSystemContent(string Type) : SystemContent;
