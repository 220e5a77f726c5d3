using Munshi.Knowledge;

namespace Munshi.Responder.Replay;

/// <summary>One line of a recorded conversation.</summary>
internal abstract record ReplayLine
{
    private ReplayLine() { }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>An entry that the workspace answers from.</summary>
    internal sealed record Entry(FaqEntry Faq) : ReplayLine;

    /// <summary>The customer writes or chooses; <paramref name="At"/> null: a minute after the line before.</summary>
    /// <param name="Conversation">Any name.</param>
    /// <param name="At">When.</param>
    /// <param name="Kind">The provider's type; <c>reply</c> for a choice.</param>
    /// <param name="Text">What was written, or the title of what was chosen.</param>
    /// <param name="Choice">The id of what was chosen.</param>
    internal sealed record Customer(string Conversation, DateTimeOffset? At, string Kind, string? Text, string? Choice) : ReplayLine
    {
        public override string ToString() => nameof(Customer);
    }

    /// <summary>A person takes the conversation over, or hands it back.</summary>
    internal sealed record Owner(string Conversation, DateTimeOffset? At, bool Person) : ReplayLine;
}
