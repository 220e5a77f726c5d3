namespace Munshi.Knowledge;

/// <summary>One question a workspace answers by itself.</summary>
/// <remarks>Lengths are UTF-16 code units, except the title's: Unicode code points, because WhatsApp cuts menu titles by those.</remarks>
public sealed record FaqEntry
{
    public const int MaxIdLength = 64;
    public const int MaxQuestionLength = 500;

    /// <summary>A row title in a WhatsApp list message.</summary>
    public const int MaxTitleLength = 24;

    /// <summary>The body of a WhatsApp text message.</summary>
    public const int MaxAnswerLength = 4096;

    public const int MaxExamples = 50;
    public const int MaxExampleLength = 500;

    /// <value>1 to 64 of <c>A-Z a-z 0-9 . _ -</c>, unique in its workspace, compared byte by byte.</value>
    public required string Id { get; init; }

    public required string Question { get; init; }

    /// <value>Shown in menus; null when the question itself is to be shortened.</value>
    public string? Title { get; init; }

    public required string Answer { get; init; }

    /// <value>Other ways customers ask the same, in any language.</value>
    public IReadOnlyList<string> Examples { get; init; } = [];
}
