namespace Munshi.WhatsApp.Tests.Sending;

/// <summary>A request as it came over the wire.</summary>
internal sealed record CapturedRequest(string RequestLine, IReadOnlyDictionary<string, string> Headers, string Body);
