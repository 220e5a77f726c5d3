using Munshi.Access;
using Munshi.Database;
using Munshi.Vault;
using Npgsql;

namespace Munshi.Notices;

/// <summary>Reads a workspace's notices for the page, with what became of their mails.</summary>
internal sealed class NoticeLog(WorkspaceDatabase database, Members members)
{
    private const int PageSize = 50;

    private static readonly string RecentNotices = Sql.Read("Notices/recent_notices.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="before">The row above the page; null for the newest.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>At most 50, and the cursor to older ones.</returns>
    public async Task<(IReadOnlyList<NoticeRow> Rows, string? NextCursor)> ReadAsync(Guid clientId, PageCursor? before, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, Member> people = await members.ListAsync(clientId, cancellationToken);
        IReadOnlyList<(NoticeRow Notice, MailRow? Mail)> read = await database.RowsAsync(
            clientId,
            new Statement(RecentNotices).Uuid(clientId).Time(before?.At).Uuid(before?.Id).Int(PageSize + 1),
            reader => (Notice(reader), Mail(reader, people)),
            cancellationToken);
        NoticeRow[] rows =
        [
            .. read.GroupBy(row => row.Notice.Id).Select(group =>
                group.First().Notice with { Mails = [.. group.Where(row => row.Mail is not null).Select(row => row.Mail!)] }),
        ];
        return rows.Length <= PageSize
            ? (rows, null)
            : (rows[..PageSize], new PageCursor(rows[PageSize - 1].RaisedAt, rows[PageSize - 1].Id).ToString());
    }

    private static NoticeRow Notice(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Severity = NoticeSeverityNames.Parse(reader.GetString(1)),
        Kind = reader.GetString(2),
        Parameters = reader.GetFieldValue<string[]>(3),
        RaisedAt = reader.GetFieldValue<DateTimeOffset>(4),
        LastAt = reader.GetFieldValue<DateTimeOffset>(5),
        Repeats = reader.GetInt32(6),
        Mails = [],
    };

    private static MailRow? Mail(NpgsqlDataReader reader, IReadOnlyDictionary<Guid, Member> people) =>
        reader.ValueOrNull<Guid>(7) is { } personId
            ? new MailRow(
                people.GetValueOrDefault(personId)?.Name,
                MailStateNames.Parse(reader.GetString(8)),
                reader.OrNull<string>(9),
                reader.ValueOrNull<int>(10),
                reader.ValueOrNull<DateTimeOffset>(11))
            : null;
}
