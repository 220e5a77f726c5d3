namespace Munshi.Media.Files;

/// <summary>What was written.</summary>
/// <param name="Bytes">Of plaintext.</param>
/// <param name="CiphertextHash">SHA-256 of the whole file as it lies on disk.</param>
/// <param name="PlaintextHash">SHA-256.</param>
internal sealed record SealedMedia(long Bytes, byte[] CiphertextHash, byte[] PlaintextHash);
