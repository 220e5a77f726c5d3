namespace Munshi.Audit.Checkpoints;

/// <summary>Nothing may be signed: the past is not the one that was signed before, or the key to sign with is not there.</summary>
/// <param name="reason">What was expected and what was found, without secrets or personal data.</param>
internal sealed class SigningRefusedException(string reason) : Exception(reason);
