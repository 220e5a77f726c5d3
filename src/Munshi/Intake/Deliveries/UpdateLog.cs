using Munshi.Database;
using Munshi.Vault;
using Munshi.Web;

namespace Munshi.Intake.Deliveries;

/// <summary>Reads a workspace's updates for the list, always through an index: at most 5,000 rows a request, however many there are.</summary>
internal sealed class UpdateLog(WorkspaceDatabase database, ReferencedMessages messages)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>The most updates that one request looks through for a filter.</summary>
    public const int MostSearched = 5_000;

    private static readonly string ListUpdates = Sql.Read("Intake/Deliveries/list_updates.sql");
    private static readonly string ListByState = Sql.Read("Intake/Deliveries/list_updates_by_state.sql");
    private static readonly string ListByKind = Sql.Read("Intake/Deliveries/list_updates_by_kind.sql");

    /// <summary>A page of the list.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="filter">Which updates.</param>
    /// <param name="before">The update below which the page begins; null for the newest.</param>
    /// <param name="times">The reader's zone.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<UpdateListView> ReadAsync(Guid clientId, UpdateFilter filter, Guid? before, TimeText times, CancellationToken cancellationToken)
    {
        Guid below = before ?? UpdateIds.End;
        Guid from = Guid.Empty;
        if (filter.Day is { } day)
        {
            Guid end = UpdateIds.First(times.StartOf(day.AddDays(1)));
            below = below < end ? below : end;
            from = UpdateIds.First(times.StartOf(day));
        }

        bool isFiltered = filter.State is not null || filter.Kind is not null;
        int most = isFiltered ? MostSearched : PageSize + 1;
        IReadOnlyList<(int Looked, Guid? Lowest, UpdateRow? Row, Guid? Became)> found = await database.RowsAsync(
            clientId,
            new Statement(QueryOf(filter)).Uuid(clientId).Uuid(below).Uuid(from).Int(most).Int(PageSize + 1)
                .Text(NameOf(filter.State)).Flag(IsGivenUp(filter.State)).Text(filter.Kind),
            reader =>
            {
                int looked = reader.GetInt32(0);
                Guid? lowest = reader.ValueOrNull<Guid>(1);
                if (reader.IsDBNull(2))
                {
                    return (looked, lowest, default(UpdateRow?), default(Guid?));
                }

                (UpdateRow row, Guid? became) = UpdateColumns.Read(reader, 2);
                return (looked, lowest, row, became);
            },
            cancellationToken);
        IReadOnlyList<UpdateRow> rows = await PlacedAsync(clientId, [.. found.Where(one => one.Row is not null).Select(one => (one.Row!, one.Became))], cancellationToken);
        if (rows.Count > PageSize)
        {
            return new UpdateListView(filter, [.. rows.Take(PageSize)], before, rows[PageSize - 1].Id, Searched: null);
        }

        return isFiltered && found[0].Looked == MostSearched
            ? new UpdateListView(filter, rows, before, found[0].Lowest, MostSearched)
            : new UpdateListView(filter, rows, before, Next: null, Searched: null);
    }

    /// <summary>Each with where it is to be seen.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="rows">And the message or report that each became.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IReadOnlyList<UpdateRow>> PlacedAsync(Guid clientId, IReadOnlyList<(UpdateRow Row, Guid? Became)> rows, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, MessagePlace> places = await messages.FindAsync(clientId, [.. rows.Select(one => one.Became).OfType<Guid>()], cancellationToken);
        return
        [
            .. rows.Select(one => one.Became is { } became && places.TryGetValue(became, out MessagePlace? place) ? one.Row with { ConversationUrl = place.Url } : one.Row),
        ];
    }

    /// <summary>Which index leads there: what is common is met soon enough in the order of time.</summary>
    private static string QueryOf(UpdateFilter filter) => filter switch
    {
        { State: not (null or UpdateState.Stored) } => ListByState,
        { Kind: not (null or UpdateHandler.MessageKind or UpdateHandler.StatusKind) } => ListByKind,
        _ => ListUpdates,
    };

    private static string? NameOf(UpdateState? state) => state switch
    {
        null => null,
        UpdateState.Waiting => "pending",
        UpdateState.Stored => "stored",
        UpdateState.Duplicate => "duplicate",
        _ => "failed",
    };

    private static bool? IsGivenUp(UpdateState? state) => state switch
    {
        UpdateState.Failed => false,
        UpdateState.GivenUp => true,
        _ => null,
    };
}
