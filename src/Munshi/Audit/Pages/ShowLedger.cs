using Munshi.Access;

namespace Munshi.Audit.Pages;

/// <summary>
/// <c>GET /ledger?group=&amp;actor=&amp;day=&amp;before=</c>: the log; <c>GET /ledger/entries/{seq}</c>: one entry; <c>GET /ledger/of/{message}</c>: to a
/// message's entry; <c>GET /ledger/checkpoints</c>, <c>GET /ledger/checkpoints/newest</c> as a file, and <c>GET /ledger/verifications</c>.
/// </summary>
internal static class ShowLedger
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(LedgerUrls.List, (long? before, HttpContext context, SignedIn person, LedgerScreen screen, CancellationToken cancellationToken) =>
            screen.ListAsync(context, person, before, cancellationToken)).WithName(nameof(ShowLedger)).ForMembers();
        routes.MapGet("/ledger/entries/{seq:long:min(0)}", (long seq, HttpContext context, SignedIn person, LedgerScreen screen, CancellationToken cancellationToken) =>
            screen.EntryAsync(context, person, seq, cancellationToken)).WithName("LedgerEntry").ForMembers();
        routes.MapGet("/ledger/of/{message:guid}", (Guid message, HttpContext context, SignedIn person, LedgerScreen screen, CancellationToken cancellationToken) =>
            screen.OfMessageAsync(context, person, message, cancellationToken)).WithName("LedgerOfMessage").ForMembers();
        routes.MapGet(LedgerUrls.Checkpoints, (HttpContext context, SignedIn person, LedgerScreen screen, CancellationToken cancellationToken) =>
            screen.CheckpointsAsync(context, person, cancellationToken)).WithName("LedgerCheckpoints").ForMembers();
        routes.MapGet(LedgerUrls.Note, (HttpContext context, SignedIn person, LedgerScreen screen, CancellationToken cancellationToken) =>
            screen.NoteAsync(context, person, cancellationToken)).WithName("LedgerNote").ForMembers();
        routes.MapGet(LedgerUrls.Verifications, (HttpContext context, SignedIn person, LedgerScreen screen, CancellationToken cancellationToken) =>
            screen.VerificationsAsync(context, person, cancellationToken)).WithName("LedgerVerifications").ForMembers();
    }
}
