using Munshi.Knowledge;

namespace Munshi.Responder;

/// <summary>What the responder does with one turn.</summary>
internal abstract record TurnDecision
{
    private TurnDecision() { }

    /// <summary>One of our own reason words, for <c>agent_run</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>What the customer said of earlier answers in this turn.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <param name="Text">What the customer is sent.</param>
    /// <param name="Sources">Ids of the knowledge entries it rests on; at least one.</param>
    /// <param name="Score">Of the weakest source, 0 to 1.</param>
    /// <param name="HasOthers">Whether others could be shown instead.</param>
    internal sealed record Answer(string Text, IReadOnlyList<string> Sources, double Score, bool HasOthers) : TurnDecision
    {
        public override string ToString() => nameof(Answer);
    }

    /// <param name="Entries">Offered, likeliest first; a row that leads to a person follows them.</param>
    internal sealed record Menu(IReadOnlyList<FaqEntry> Entries) : TurnDecision
    {
        /// <summary>Whether it follows a greeting rather than a question.</summary>
        public bool Welcomes { get; init; }

        public override string ToString() => nameof(Menu);
    }

    /// <summary>People take it from here; the customer is told once, unless they asked for no automatic messages.</summary>
    internal sealed record HandOff : TurnDecision
    {
        public bool Told { get; init; } = true;
    }

    /// <summary>Nothing is written.</summary>
    internal sealed record Silent : TurnDecision;

    /// <summary>The contact wants no automatic messages, or wants them again. Heard whoever owns the conversation; confirmed only where Munshi does.</summary>
    internal sealed record OptOut(bool OptedOut) : TurnDecision
    {
        public bool Told { get; init; } = true;
    }
}
