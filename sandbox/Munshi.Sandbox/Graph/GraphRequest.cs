namespace Munshi.Sandbox.Graph;

/// <summary>What a body posted to <c>/messages</c> asks for.</summary>
internal abstract record GraphRequest
{
    private GraphRequest()
    {
    }

    /// <param name="To">As given; null when only <paramref name="Recipient"/> is.</param>
    /// <param name="Recipient">A business-scoped user id.</param>
    /// <param name="About">The wamid quoted or reacted to.</param>
    internal sealed record Send(string? To, string? Recipient, GraphContent Content, string? About, string? CallbackData) : GraphRequest;

    internal sealed record MarkRead(string MessageId, bool Typing) : GraphRequest;

    internal sealed record Refused(GraphError Error) : GraphRequest;
}
