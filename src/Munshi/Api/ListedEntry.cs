using Munshi.Audit.Pages;
using Munshi.Ledger;

namespace Munshi.Api;

/// <summary>An entry as the list shows it. All but the number is null where what is stored is no leaf: verification names such rows.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Time">When it happened, UTC with six decimals.</param>
/// <param name="Actor">Who acted, without saying who it was: person, customer or program.</param>
/// <param name="Action">What was done: noun and verb.</param>
internal sealed record ListedEntry(long Seq, string? Time, string? Actor, string? Action)
{
    public static ListedEntry Of(LedgerRow row) => new(
        row.Seq,
        row.Leaf is { } leaf ? LedgerTime.Format(leaf.Time) : null,
        row.Leaf is null ? null : LedgerFilter.KindOf(row.Leaf.Actor).ToString().ToLowerInvariant(),
        row.Leaf?.Action);
}
