namespace Munshi.Channels;

/// <summary>How connecting a number ended.</summary>
internal abstract record NumberOutcome
{
    private NumberOutcome() { }

    internal sealed record Connected(Guid NumberId) : NumberOutcome;

    /// <param name="Sentence">What is wrong and what is allowed.</param>
    internal sealed record Refused(string Sentence) : NumberOutcome;
}
