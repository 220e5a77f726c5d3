using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Graph;

/// <summary>The part of a message that its type names, or what is wrong with it.</summary>
internal abstract record GraphContent
{
    private GraphContent()
    {
    }

    /// <summary>Whether it may be sent only while the 24-hour window is open.</summary>
    public virtual bool NeedsWindow => true;

    internal sealed record Text(string Body) : GraphContent;

    /// <param name="ListLabel">On the button that opens a list; null for buttons.</param>
    /// <param name="Sections">The sections of a list, which part <paramref name="Options"/>.</param>
    internal sealed record Interactive(
        string Body, IReadOnlyList<PhoneOption> Options, string? Header, string? Footer, string? ListLabel, IReadOnlyList<PhoneSection> Sections) : GraphContent;

    /// <param name="Emoji">Empty takes the reaction back.</param>
    internal sealed record Reaction(string MessageId, string Emoji) : GraphContent;

    internal sealed record Template(string Summary, IReadOnlyList<PhoneOption> Options) : GraphContent
    {
        public override bool NeedsWindow => false;
    }

    /// <param name="Kind">Image, video, audio, document or sticker.</param>
    /// <param name="FileId">Of an earlier upload to the same number.</param>
    internal sealed record Media(string Kind, string FileId, string? Caption, string? FileName) : GraphContent;

    internal sealed record Refused(GraphError Error) : GraphContent;
}
