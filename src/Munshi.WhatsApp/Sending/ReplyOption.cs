namespace Munshi.WhatsApp.Sending;

/// <summary>One thing the customer may choose. Lengths are counted in UTF-16 units, the strictest reading.</summary>
/// <param name="Id">Comes back with the choice; unique among the options of a message.</param>
/// <param name="Title">What is shown, and what the choice looks like in the chat.</param>
/// <param name="Description">Of a list's row only.</param>
public sealed record ReplyOption(string Id, string Title, string? Description = null)
{
    /// <summary>Its words belong to no log.</summary>
    public override string ToString() => nameof(ReplyOption);
}
