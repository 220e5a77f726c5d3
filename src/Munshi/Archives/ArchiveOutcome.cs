using Munshi.Audit.Export;

namespace Munshi.Archives;

/// <summary>How the writing of an archive ended.</summary>
internal abstract record ArchiveOutcome
{
    private ArchiveOutcome()
    {
    }

    /// <param name="Lines">The lines of each file of <c>data/</c>, by its name.</param>
    /// <param name="Conversations">The conversations that can be read.</param>
    /// <param name="Files">The files that the manifest names.</param>
    /// <param name="LostFiles">How many files that were kept could not be read.</param>
    /// <param name="Ledger">What went into <c>ledger/</c>, and what is not as it was written.</param>
    internal sealed record Written(IReadOnlyDictionary<string, long> Lines, long Conversations, long Files, int LostFiles, ExportOutcome.Written Ledger) : ArchiveOutcome
    {
        public bool IsWhole => LostFiles == 0 && Ledger.Findings.Count == 0;
    }

    /// <summary>No checkpoint of the workspace was signed yet with the key that lies here. Nothing was written.</summary>
    internal sealed record Unsigned : ArchiveOutcome;

    /// <param name="Reason">What the ledger's evidence cannot be made of. Nothing was left.</param>
    internal sealed record Incomplete(string Reason) : ArchiveOutcome;
}
