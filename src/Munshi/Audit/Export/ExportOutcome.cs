using Munshi.Ledger;

namespace Munshi.Audit.Export;

/// <summary>How an export ended.</summary>
internal abstract record ExportOutcome
{
    private ExportOutcome()
    {
    }

    /// <param name="Size">The entries it holds, those of the signed checkpoint.</param>
    /// <param name="Root">As signed.</param>
    /// <param name="Records">The records it holds.</param>
    /// <param name="Erased">The records that are erased under a recorded case.</param>
    /// <param name="Lost">The records that are lost, as recorded restores say.</param>
    /// <param name="Later">The entries that came after the checkpoint and are not in it.</param>
    /// <param name="HasVerifier">Whether <c>munshi-verify</c> could be put in.</param>
    /// <param name="Findings">What is not as it was written, and what the verifiers will name.</param>
    internal sealed record Written(long Size, Digest Root, long Records, long Erased, long Lost, long Later, bool HasVerifier, IReadOnlyList<LedgerFinding> Findings) : ExportOutcome;

    /// <summary>No checkpoint of this workspace has been signed.</summary>
    internal sealed record NothingSigned : ExportOutcome;

    /// <param name="Reason">What an export cannot be made of.</param>
    internal sealed record Incomplete(string Reason) : ExportOutcome;
}
