using Munshi.Audit.Export;

namespace Munshi.Archives.Importing;

/// <summary>A workspace as an archive is read into it. Not safe for concurrent use.</summary>
/// <param name="ClientId">The new workspace.</param>
/// <param name="Handle">Its own.</param>
/// <param name="Archive">What is read.</param>
/// <param name="Data">What was found out of it.</param>
/// <param name="Progress">Told how far it has come.</param>
internal sealed record ImportedWorkspace(Guid ClientId, string Handle, CheckedArchive Archive, CheckedData Data, ExportProgress Progress)
{
    /// <summary>The lines of each file that was taken over, by its name.</summary>
    public SortedDictionary<string, long> Lines { get; } = new(StringComparer.Ordinal);

    public override string ToString() => $"{nameof(ImportedWorkspace)} {ClientId}";
}
