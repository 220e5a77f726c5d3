namespace Munshi.Knowledge;

/// <summary>What may be done with a ranking without a person.</summary>
internal enum FaqDecision
{
    /// <summary>Nothing fits: hand over.</summary>
    None,

    /// <summary>Some entries may fit: offer their titles, or hand over.</summary>
    Menu,

    /// <summary>The first entry fits and no other comes near.</summary>
    Answer,
}
