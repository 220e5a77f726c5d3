using Munshi.Audit.Export;

namespace Munshi.Archives;

/// <summary>One archive as it is written. Not safe for concurrent use.</summary>
/// <param name="ClientId">The workspace.</param>
/// <param name="At">When it was asked for, whole microseconds.</param>
/// <param name="Folder">Where to.</param>
/// <param name="Progress">Told how far it has come.</param>
internal sealed record ArchiveRun(Guid ClientId, DateTimeOffset At, ExportFolder Folder, ExportProgress Progress)
{
    /// <summary>The lines of each file of <c>data/</c>, by its name.</summary>
    public SortedDictionary<string, long> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>Files of customers or the business that are told of as kept and could not be read: they are damaged, or not where they were put.</summary>
    public List<Guid> LostFiles { get; } = [];

    public override string ToString() => $"{nameof(ArchiveRun)} {ClientId}";
}
