namespace Munshi.Keyring;

/// <summary>A key that a row names is not in the keyring.</summary>
internal sealed class KeyDestroyedException(Guid keyId) : Exception($"There is no key {keyId}.")
{
    public Guid KeyId { get; } = keyId;
}
