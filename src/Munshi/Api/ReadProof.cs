using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.ApiKeys;
using Munshi.Audit.Proving;
using Munshi.Ledger.Notes;

namespace Munshi.Api;

/// <summary>
/// <c>GET /api/v1/ledger/entries/{seq}/proof</c> and <c>GET /api/v1/messages/{id}/proof</c>: that the row stands in the log, and the log in the instance log. The first half as
/// a file is <c>…/proof.tlog-proof</c>, the second <c>…/head-proof.tlog-proof</c>.
/// </summary>
internal static class ReadProof
{
    private const string OfEntry = "/ledger/entries/{seq}";
    private const string OfMessage = "/messages/{id}";

    public static void Map(RouteGroupBuilder api)
    {
        Name(api.MapGet($"{OfEntry}/proof", (string seq, HttpContext context, ProofFinder proofs, CancellationToken cancellationToken) =>
            AnswerAsync(context, proofs.OfEntryAsync(Caller(context), seq, cancellationToken))), "ReadEntryProof", "That an entry stands in the workspace's log, and the log in the instance log");
        NameFile(api.MapGet($"{OfEntry}/proof.tlog-proof", (string seq, HttpContext context, ProofFinder proofs, CancellationToken cancellationToken) =>
            FileAsync(context, proofs.OfEntryAsync(Caller(context), seq, cancellationToken), ofHead: false)), "ReadEntryProofFile", "That an entry stands in the workspace's log: a tlog-proof file");
        NameFile(api.MapGet($"{OfEntry}/head-proof.tlog-proof", (string seq, HttpContext context, ProofFinder proofs, CancellationToken cancellationToken) =>
            FileAsync(context, proofs.OfEntryAsync(Caller(context), seq, cancellationToken), ofHead: true)), "ReadEntryHeadProofFile", "That the instance log committed to the log with the entry: a tlog-proof file");
        Name(api.MapGet($"{OfMessage}/proof", (string id, HttpContext context, ProofFinder proofs, CancellationToken cancellationToken) =>
            AnswerAsync(context, proofs.OfMessageAsync(Caller(context), id, cancellationToken))), "ReadMessageProof", "That the entry which commits to a message stands in the workspace's log, and the log in the instance log");
        NameFile(api.MapGet($"{OfMessage}/proof.tlog-proof", (string id, HttpContext context, ProofFinder proofs, CancellationToken cancellationToken) =>
            FileAsync(context, proofs.OfMessageAsync(Caller(context), id, cancellationToken), ofHead: false)), "ReadMessageProofFile", "That a message's entry stands in the workspace's log: a tlog-proof file");
        NameFile(api.MapGet($"{OfMessage}/head-proof.tlog-proof", (string id, HttpContext context, ProofFinder proofs, CancellationToken cancellationToken) =>
            FileAsync(context, proofs.OfMessageAsync(Caller(context), id, cancellationToken), ofHead: true)), "ReadMessageHeadProofFile", "That the instance log committed to the log with a message's entry: a tlog-proof file");
    }

    private static RouteHandlerBuilder Name(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static void NameFile(RouteHandlerBuilder route, string name, string summary) =>
        Name(route, name, summary).Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static Guid Caller(HttpContext context) => ApiCaller.Of(context).ClientId;

    private static async Task<Results<Ok<ProofAnswer>, ProblemHttpResult>> AnswerAsync(HttpContext context, Task<ProofFinding> search) =>
        await search is ProofFinding.Found found ? TypedResults.Ok(ProofAnswer.Of(found.Proof)) : Refuse(context, await search);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(HttpContext context, Task<ProofFinding> search, bool ofHead)
    {
        if (await search is not ProofFinding.Found { Proof: { } proof })
        {
            return Refuse(context, await search);
        }

        TlogProof? file = ofHead ? proof.OfHead : proof.OfRow;
        return file is null ? Refuse(context, new ProofFinding.NotSigned()) : ProofFile.Of(file, proof.Seq, ofHead);
    }

    private static ProblemHttpResult Refuse(HttpContext context, ProofFinding finding) => finding switch
    {
        ProofFinding.BadInput bad => ApiProblem.BadInput(bad.Name, bad.Allowed),
        ProofFinding.NotThere missing => ApiProblem.NotThere(missing.What),
        ProofFinding.NotSigned => ApiProblem.NotSigned(context, "It is there, but no checkpoint covers it yet. That comes within seconds."),
        ProofFinding.Damaged => ApiProblem.Damaged(),
        _ => throw new UnreachableException(),
    };
}
