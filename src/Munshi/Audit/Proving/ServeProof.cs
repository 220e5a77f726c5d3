using Munshi.Access;

namespace Munshi.Audit.Proving;

/// <summary>Proofs as files, for members of the workspace: of a row, of a message's first row, and of the log's head in the instance log.</summary>
/// <remarks>
/// <c>GET /ledger/entries/{seq}/proof</c>, <c>GET /ledger/entries/{seq}/head-proof</c>, <c>GET /messages/{id}/proof</c> and
/// <c>GET /messages/{id}/head-proof</c>; 404 where there is no such row, or no checkpoint covers it yet.
/// </remarks>
internal static class ServeProof
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger/entries/{seq:long:min(0)}/proof", (long seq, HttpContext context, SignedIn person, ProofReader proofs, CancellationToken cancellationToken) =>
            OfRowAsync(context, person, proofs, seq, ofHead: false, cancellationToken)).WithName("EntryProof").ForMembers();
        routes.MapGet("/ledger/entries/{seq:long:min(0)}/head-proof", (long seq, HttpContext context, SignedIn person, ProofReader proofs, CancellationToken cancellationToken) =>
            OfRowAsync(context, person, proofs, seq, ofHead: true, cancellationToken)).WithName("EntryHeadProof").ForMembers();
        routes.MapGet("/messages/{id:guid}/proof", (Guid id, HttpContext context, SignedIn person, ProofReader proofs, CancellationToken cancellationToken) =>
            OfMessageAsync(context, person, proofs, id, ofHead: false, cancellationToken)).WithName("MessageProof").ForMembers();
        routes.MapGet("/messages/{id:guid}/head-proof", (Guid id, HttpContext context, SignedIn person, ProofReader proofs, CancellationToken cancellationToken) =>
            OfMessageAsync(context, person, proofs, id, ofHead: true, cancellationToken)).WithName("MessageHeadProof").ForMembers();
    }

    private static async Task<IResult> OfMessageAsync(
        HttpContext context, SignedIn person, ProofReader proofs, Guid message, bool ofHead, CancellationToken cancellationToken) =>
        await proofs.FindAsync(person.ClientId, message, cancellationToken) is { } seq
            ? await OfRowAsync(context, person, proofs, seq, ofHead, cancellationToken)
            : TypedResults.NotFound();

    private static async Task<IResult> OfRowAsync(
        HttpContext context, SignedIn person, ProofReader proofs, long seq, bool ofHead, CancellationToken cancellationToken)
    {
        LedgerProof? proof = await proofs.ProveAsync(person.ClientId, seq, cancellationToken);
        if ((ofHead ? proof?.OfHead : proof?.OfRow) is not { } file)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "private, no-store";
        return ProofFile.Of(file, seq, ofHead);
    }
}
