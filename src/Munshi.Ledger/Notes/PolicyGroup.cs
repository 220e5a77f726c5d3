namespace Munshi.Ledger.Notes;

/// <summary>Witnesses and groups of which a number must have cosigned.</summary>
/// <param name="Name">In the policy alone.</param>
/// <param name="Threshold">1 to the number of members.</param>
/// <param name="Members">Names of witnesses and groups, at least one.</param>
public sealed record PolicyGroup(string Name, int Threshold, IReadOnlyList<string> Members);
