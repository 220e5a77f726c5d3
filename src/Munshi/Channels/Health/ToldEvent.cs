using Munshi.Notices;

namespace Munshi.Channels.Health;

/// <summary>What Meta told of account, number or templates, in the few words that are kept in the clear.</summary>
/// <param name="Kind"><c>account</c>, <c>review</c>, <c>alert</c>, <c>limit</c>, <c>number</c>, <c>name</c>, <c>template</c>, <c>error</c>, <c>history</c>, <c>responder</c> or <c>other</c>.</param>
/// <param name="Word">Meta's word for it, 1 to 64 of letters, digits and <c>_.-</c>.</param>
/// <param name="Severity">How much it presses.</param>
internal sealed record ToldEvent(string Kind, string Word, NoticeSeverity Severity)
{
    /// <summary>A message came that another responder is to answer; which one, it does not say.</summary>
    public static readonly ToldEvent Standby = new("responder", "standby", NoticeSeverity.Warning) { Competitor = "standby" };

    /// <summary>Whether Meta holds back replies too, and not templates or further numbers alone.</summary>
    public bool HoldsReplies { get; init; }

    /// <summary>What the account is from now on: <c>open</c>, <c>restricted</c> or <c>disabled</c>; null where this changes nothing of it.</summary>
    public string? Account { get; init; }

    /// <summary>The new limit of customers written to first, in Meta's word.</summary>
    public string? Limit { get; init; }

    /// <summary>The other responder that holds conversations of the number, in Meta's word.</summary>
    public string? Competitor { get; init; }
}
