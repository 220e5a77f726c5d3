using Munshi.Channels;
using Munshi.Database;
using Npgsql;

namespace Munshi.Vault.Suppression;

/// <summary>Reads who wants no messages: the customers' own words, and what they chose in WhatsApp. It is asked again at the moment of sending, not here.</summary>
internal sealed class SuppressionList(WorkspaceDatabase database, ContactLabels labels, Numbers numbers)
{
    private const int PageSize = 50;

    private static readonly string People = Sql.Read("Vault/Suppression/suppressed_people.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="before">The row above the page; null for the newest.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<SuppressionView> ReadAsync(Guid clientId, PageCursor? before, CancellationToken cancellationToken)
    {
        Dictionary<Guid, string> shown = [];
        foreach ((Guid id, _) in await numbers.ListAsync(clientId, cancellationToken))
        {
            shown.Add(id, await numbers.DisplayNumberAsync(clientId, id, cancellationToken));
        }

        IReadOnlyList<SuppressedPerson> rows = await database.RowsAsync(
            clientId,
            new Statement(People).Uuid(clientId).Time(before?.At).Uuid(before?.Id).Int(PageSize + 1),
            reader => Person(clientId, shown, reader),
            cancellationToken);
        SuppressedPerson[] page = [.. rows.Take(PageSize)];
        return new SuppressionView(page, before is null, rows.Count > PageSize ? new PageCursor(page[^1].Since, page[^1].Id).ToString() : null);
    }

    private SuppressedPerson Person(Guid clientId, Dictionary<Guid, string> numbers, NpgsqlDataReader reader)
    {
        const int Own = ContactLabels.Columns;
        return new SuppressedPerson(
            reader.GetGuid(Own + 1),
            labels.Read(clientId, reader).DisplayName,
            reader.GetFieldValue<DateTimeOffset>(Own),
            reader.ValueOrNull<Guid>(Own + 2) is { } number ? numbers.GetValueOrDefault(number, "") : null,
            reader.ValueOrNull<Guid>(Own + 3));
    }
}
