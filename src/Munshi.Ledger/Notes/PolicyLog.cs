namespace Munshi.Ledger.Notes;

/// <summary>A log that a policy accepts checkpoints of.</summary>
/// <param name="Key">Of type <see cref="NoteKeyType.Ed25519"/>; its name is the log's origin.</param>
/// <param name="Url">As written, or null.</param>
public sealed record PolicyLog(VerifierKey Key, string? Url);
