namespace Munshi.Audit.Restoring;

/// <summary>What the restore ceremony came to.</summary>
/// <param name="Told">Rows whose leaves were put back, also by an attempt before that was broken off.</param>
/// <param name="Name">The ledger's new name, where the leaves were gone and it began anew; null otherwise.</param>
internal sealed record RestoreOutcome(IReadOnlyList<ToldRestore> Told, string? Name)
{
    public IReadOnlyList<RestoredRange> Ranges => [.. Told.Select(one => one.Range)];
}
