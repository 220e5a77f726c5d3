using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone;

/// <summary>A customer's message before it gets an id: the parts Meta puts beside <c>from</c>, <c>id</c> and <c>timestamp</c>, or why there is none.</summary>
internal abstract record Composition
{
    private Composition()
    {
    }

    /// <param name="About">The message quoted, answered or reacted to.</param>
    internal sealed record Composed(string Kind, string Text, JsonNode? Part, PhoneMessage? About = null, string? File = null) : Composition;

    internal sealed record Refused(string Reason) : Composition;
}
