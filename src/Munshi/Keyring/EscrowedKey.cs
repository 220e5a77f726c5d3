namespace Munshi.Keyring;

/// <param name="Id">The key's id.</param>
/// <param name="Material">32 bytes.</param>
/// <param name="Name">Set for the installation's own keys only.</param>
internal sealed record EscrowedKey(Guid Id, byte[] Material, string? Name);
