namespace Munshi.Sandbox.Phone;

/// <summary>What the page shows of a message beside what the phone API tells.</summary>
/// <param name="ListLabel">On the button that opens the list.</param>
/// <param name="File">The file's name and type; its content is not kept.</param>
/// <param name="Quoted">The message quoted, where this phone has it.</param>
/// <param name="Reactions">The last of each side, the customer's first.</param>
/// <param name="OwnReaction">The customer's; null when there is none.</param>
/// <param name="Details">Cards shown in place of the text.</param>
/// <param name="Mark">Where it came from; null when there is nothing to say.</param>
/// <param name="IsEvent">A line of its own rather than a bubble.</param>
/// <param name="Version">Rises whenever this message looks different.</param>
public sealed record MessageLook(
    string? Header,
    string? Footer,
    string? ListLabel,
    IReadOnlyList<PhoneSection> Sections,
    string? File,
    QuotedMessage? Quoted,
    IReadOnlyList<string> Reactions,
    string? OwnReaction,
    IReadOnlyList<MessageDetail> Details,
    string? Mark,
    bool IsEvent,
    long Version)
{
    public static readonly MessageLook Plain = new(null, null, null, [], null, null, [], null, [], null, false, 0);

    /// <summary>Whether the text only repeats the file's name.</summary>
    public bool IsOnlyFile(string text) => File?.StartsWith($"{text} (", StringComparison.Ordinal) == true;
}
