namespace Munshi.Audit.Witnesses;

/// <param name="Name">The key's.</param>
/// <param name="Vkey">Its verifier key.</param>
/// <param name="CosignedSize">The newest checkpoint that it cosigned; null where there is none.</param>
internal sealed record ListedWitness(string Name, string Vkey, long? CosignedSize);
