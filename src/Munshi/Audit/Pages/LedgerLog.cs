using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Vault;
using Munshi.Web;

namespace Munshi.Audit.Pages;

/// <summary>Reads one workspace's log for the list.</summary>
internal sealed class LedgerLog(Databases databases, StatusNames statuses)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>The most entries that one request looks through for a filter.</summary>
    public const int MostSearched = 5_000;

    private const int Stride = 500;

    private const string StatusAction = "status.recorded";
    private const string StatusTarget = "status:";
    private const string ReadBelow = "SELECT seq, leaf FROM ledger.entry WHERE client_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";

    /// <summary>The newest entries below a number, newest first.</summary>
    public Task<IReadOnlyList<LedgerRow>> BelowAsync(Guid log, long below, int most, CancellationToken cancellationToken) => databases.Reader.RowsAsync(
        new Statement(ReadBelow).Uuid(log).Long(below).Int(most), reader => Row(reader.GetInt64(0), reader.OrNull<string>(1) ?? ""), cancellationToken);

    /// <summary>A page of the list.</summary>
    /// <param name="log">The workspace.</param>
    /// <param name="filter">Which entries.</param>
    /// <param name="before">The number below which the page begins; null for the newest.</param>
    /// <param name="times">The reader's zone.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<LedgerListView> ReadAsync(Guid log, LedgerFilter filter, long? before, TimeText times, CancellationToken cancellationToken)
    {
        LedgerListView view = await FindAsync(log, filter, before, times, cancellationToken);
        IReadOnlyDictionary<Guid, string> said = await statuses.FindAsync(
            log, [.. view.Rows.Select(StatusOf).OfType<Guid>().Distinct()], cancellationToken);
        return view with { Rows = [.. view.Rows.Select(row => StatusOf(row) is { } id ? row with { Status = said.GetValueOrDefault(id) } : row)] };
    }

    private async Task<LedgerListView> FindAsync(Guid log, LedgerFilter filter, long? before, TimeText times, CancellationToken cancellationToken)
    {
        List<LedgerRow> found = [];
        long below = before ?? long.MaxValue;
        int searched = 0;
        int stride = filter.IsAll ? PageSize + 1 : Stride;
        while (true)
        {
            IReadOnlyList<LedgerRow> rows = await BelowAsync(log, below, stride, cancellationToken);
            foreach (LedgerRow row in rows.Where(row => filter.IsAll || (row.Leaf is { } leaf && filter.Takes(leaf, times))))
            {
                if (found.Count == PageSize)
                {
                    return new LedgerListView(filter, found, before, found[^1].Seq, Searched: null);
                }

                found.Add(row);
            }

            if (rows.Count < stride)
            {
                return new LedgerListView(filter, found, before, Next: null, Searched: null);
            }

            searched += rows.Count;
            below = rows[^1].Seq;
            if (searched >= MostSearched)
            {
                return new LedgerListView(filter, found, before, below, searched);
            }
        }
    }

    private static LedgerRow Row(long seq, string leaf) =>
        new(seq, LedgerLeaf.Parse(Encoding.UTF8.GetBytes(leaf)) is LeafParse.Parsed parsed ? parsed.Leaf : null, Status: null);

    private static Guid? StatusOf(LedgerRow row) =>
        row.Leaf is { Action: StatusAction } leaf && leaf.Target.StartsWith(StatusTarget, StringComparison.Ordinal) && Guid.TryParseExact(leaf.Target.AsSpan(StatusTarget.Length), "D", out Guid id)
            ? id
            : null;
}
