using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone;

/// <summary>What the customer does: exactly one of text, button, list row, reaction, file or a raw message.</summary>
/// <remarks><see cref="Raw"/> may also accompany another one; its properties win, and null removes a property.</remarks>
internal sealed record CustomerInput
{
    public string? Text { get; init; }

    public string? ButtonId { get; init; }

    public string? ListId { get; init; }

    public ReactionInput? Reaction { get; init; }

    /// <summary>The id of the quoted message.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The profile name from now on.</summary>
    public string? Name { get; init; }

    public JsonObject? Raw { get; init; }

    /// <summary>Only by multipart; <see cref="Text"/> is its caption then.</summary>
    internal CustomerFile? File { get; init; }
}
