namespace Munshi.Channels;

/// <summary>How connecting a number ended.</summary>
internal abstract record NumberOutcome
{
    private NumberOutcome() { }

    internal sealed record Connected(Guid NumberId) : NumberOutcome;

    /// <summary>It is this workspace's already, on another app or as another number; nothing was changed.</summary>
    /// <param name="Sentence">What is allowed: the app and the number as they were connected.</param>
    internal sealed record Differs(string Sentence) : NumberOutcome
    {
        public override string ToString() => nameof(Differs);
    }

    /// <param name="Sentence">What is wrong and what is allowed.</param>
    internal sealed record Refused(string Sentence) : NumberOutcome;
}
