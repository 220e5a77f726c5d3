namespace Munshi.Keyring;

/// <summary>No key is ready. Intake goes on under the current intake key; what needs a new key waits.</summary>
internal sealed class KeyPoolEmptyException() : Exception("The key pool is empty.");
