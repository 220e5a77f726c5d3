using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Proving;

/// <summary>A proof as a file to be kept.</summary>
internal static class ProofFile
{
    public const string ContentType = "text/plain; charset=utf-8";

    /// <param name="proof">Of the row, or of the head.</param>
    /// <param name="seq">The row's number.</param>
    /// <param name="ofHead">Which of both it is.</param>
    public static FileContentHttpResult Of(TlogProof proof, long seq, bool ofHead) => TypedResults.File(
        proof.Encode(), ContentType, string.Create(CultureInfo.InvariantCulture, $"munshi-{(ofHead ? "head" : "entry")}-{seq}.tlog-proof"));
}
