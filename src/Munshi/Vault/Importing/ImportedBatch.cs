namespace Munshi.Vault.Importing;

/// <summary>A batch of records as it stands in the vault.</summary>
/// <param name="ImportId">The import of its file.</param>
/// <param name="MessageIds">The message that each record is, in their order.</param>
internal sealed record ImportedBatch(Guid ImportId, IReadOnlyList<Guid> MessageIds);
