namespace Munshi.Ledger.Notes;

/// <summary>A witness that a policy knows.</summary>
/// <param name="Name">In the policy alone; the key has a name of its own.</param>
/// <param name="Key">Of type <see cref="NoteKeyType.Cosignature"/>.</param>
/// <param name="Url">As written, or null.</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, string? Url);
