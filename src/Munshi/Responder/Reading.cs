using Munshi.Knowledge;

namespace Munshi.Responder;

/// <summary>What one message of the customer comes to, by itself.</summary>
internal abstract record Reading
{
    private Reading() { }

    /// <summary>One of our own reason words.</summary>
    public required string Reason { get; init; }

    /// <summary>What the customer said of an earlier answer with it.</summary>
    public Verdict? Verdict { get; init; }

    /// <param name="Entry">Answers it.</param>
    /// <param name="Score">0 to 1.</param>
    /// <param name="HasOthers">Whether others could be shown instead.</param>
    internal sealed record Answered(FaqEntry Entry, double Score, bool HasOthers) : Reading
    {
        public override string ToString() => nameof(Answered);
    }

    /// <param name="Entries">One of them may be meant; likeliest first, at least one, at most <see cref="MessageReader.MostOffered"/>.</param>
    internal sealed record Unclear(IReadOnlyList<FaqEntry> Entries) : Reading
    {
        public override string ToString() => nameof(Unclear);
    }

    /// <summary>Nothing is asked yet: the customer is welcomed and shown what is asked most.</summary>
    internal sealed record Greeted : Reading;

    /// <summary>The customer asks for a person.</summary>
    internal sealed record WantsPerson : Reading;

    /// <summary>Nothing that Munshi may say fits.</summary>
    internal sealed record ForPeople : Reading;

    /// <summary>The customer has what they wanted.</summary>
    internal sealed record Settled : Reading;
}
