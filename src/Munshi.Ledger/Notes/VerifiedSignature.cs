namespace Munshi.Ledger.Notes;

/// <summary>A signature that holds.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="Timestamp">Of a cosignature, when it was made: POSIX seconds, 0 to 2^63-1, as its maker says. Otherwise null.</param>
public sealed record VerifiedSignature(VerifierKey Key, long? Timestamp);
