namespace Munshi.Keyring;

/// <param name="KeyringDirectory">Holds <c>keyring.db</c>.</param>
/// <param name="SecretsDirectory">Holds root and epoch keys; deletable storage only.</param>
/// <param name="EscrowDirectory">Holds the sealed second copies; may lie anywhere.</param>
internal sealed record KeyringLocation(string KeyringDirectory, string SecretsDirectory, string EscrowDirectory)
{
    public string KeyringFile => Path.Combine(KeyringDirectory, "keyring.db");

    /// <summary>Whether a keyring was ever made here, or its escrow lies here.</summary>
    public bool HoldsKeys => new FileInfo(KeyringFile) is { Exists: true, Length: > 0 } || KeyEscrow.IsIn(EscrowDirectory);
}
