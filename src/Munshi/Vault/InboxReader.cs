using Munshi.Access;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Labels;
using Munshi.Vault.Pages;
using Munshi.Vault.Resolving;
using Munshi.Vault.Views;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Reads the inbox for a page: 50 conversations at a time, from their own rows, without counting messages.</summary>
internal sealed class InboxReader(
    WorkspaceDatabase database, Members members, ContactLabels labels, WordOpener opener, Numbers numbers, LabelBook labelBook, SavedViews views,
    TimeProvider clock)
{
    private const int PageSize = 50;

    private const string AnyPutAway = "SELECT EXISTS (SELECT FROM vault.conversation WHERE client_id = $1 AND state IN ('snoozed', 'resolved'))";

    private static readonly string InboxPage = Sql.Read("Vault/inbox_page.sql");
    private static readonly string InboxPageAfter = Sql.Read("Vault/inbox_page_after.sql");
    private static readonly string CountViews = Sql.Read("Vault/inbox_counts.sql");

    /// <param name="person">The viewer.</param>
    /// <param name="filter">Which conversations.</param>
    /// <param name="before">The row above the page; null for the newest.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null where the workspace has no such label.</returns>
    public async Task<InboxView?> ReadAsync(SignedIn person, InboxFilter filter, PageCursor? before, CancellationToken cancellationToken)
    {
        IReadOnlyList<Label> own = await labelBook.ListAsync(person.ClientId, cancellationToken);
        if (!Has(own, filter))
        {
            return null;
        }

        IReadOnlyList<InboxRow> rows = await RowsAsync(person, InboxPage, filter, before, own, cancellationToken);
        InboxRow[] shown = [.. rows.Take(PageSize)];
        return new InboxView
        {
            Rows = shown,
            PreviousCursor = before is not null && shown.Length > 0 ? CursorOf(shown[0]) : null,
            NextCursor = rows.Count > PageSize ? CursorOf(shown[^1]) : null,
            Filter = filter,
            Counts = await CountAsync(person, filter, cancellationToken),
            Labels = own,
            SavedViews = await views.ListAsync(person.ClientId, person.PersonId, cancellationToken),
            NextViewId = Guid.CreateVersion7(clock.GetUtcNow()),
            HasPutAway = shown.Length == 0 && await database.RowAsync(
                person.ClientId, new Statement(AnyPutAway).Uuid(person.ClientId), reader => reader.GetBoolean(0), cancellationToken),
            HasNoNumber = shown.Length == 0 && (await numbers.ListAsync(person.ClientId, cancellationToken)).Count == 0,
        };
    }

    /// <summary>The rows next above <paramref name="after"/>, in the same order.</summary>
    /// <returns>Null where the workspace has no such label.</returns>
    public async Task<InboxView?> ReadAfterAsync(SignedIn person, InboxFilter filter, PageCursor after, CancellationToken cancellationToken)
    {
        IReadOnlyList<Label> own = await labelBook.ListAsync(person.ClientId, cancellationToken);
        if (!Has(own, filter))
        {
            return null;
        }

        IReadOnlyList<InboxRow> rows = await RowsAsync(person, InboxPageAfter, filter, after, own, cancellationToken); // the nearest first
        InboxRow[] shown = [.. rows.Take(PageSize).Reverse()];
        return new InboxView
        {
            Rows = shown,
            PreviousCursor = rows.Count > PageSize ? CursorOf(shown[0]) : null,
            NextCursor = shown.Length > 0 ? CursorOf(shown[^1]) : null,
            Filter = filter,
            Counts = await CountAsync(person, filter, cancellationToken),
            Labels = own,
        };
    }

    private static string CursorOf(InboxRow row) => new PageCursor(row.ShownAt, row.ConversationId).ToString();

    private static bool Has(IReadOnlyList<Label> own, InboxFilter filter) => filter.Label is not { } id || own.Any(label => label.Id == id);

    private async Task<IReadOnlyList<InboxRow>> RowsAsync(
        SignedIn person, string query, InboxFilter filter, PageCursor? from, IReadOnlyList<Label> own, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, Member> people = await members.ListAsync(person.ClientId, cancellationToken);
        return await database.RowsAsync(
            person.ClientId,
            new Statement(query).Uuid(person.ClientId).Text(Name(filter.Tab)).Uuid(person.PersonId).Time(from?.At).Uuid(from?.Id).Int(PageSize + 1)
                .Text(filter.Standing.Name()).Uuid(filter.Label),
            reader => Row(person.ClientId, people, own, reader),
            cancellationToken);
    }

    private async Task<InboxCounts> CountAsync(SignedIn person, InboxFilter filter, CancellationToken cancellationToken) => await database.RowAsync(
        person.ClientId,
        new Statement(CountViews).Uuid(person.ClientId).Uuid(person.PersonId).Int(InboxCounts.Most + 1).Text(filter.Standing.Name()),
        reader => new InboxCounts(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2))
        {
            Unread = new ViewUnread(reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5)),
        },
        cancellationToken) ?? throw new InvalidOperationException("Counting gave no row.");

    private InboxRow Row(Guid clientId, IReadOnlyDictionary<Guid, Member> people, IReadOnlyList<Label> own, NpgsqlDataReader reader)
    {
        const int Own = ContactLabels.Columns;
        ContactLabel label = labels.Read(clientId, reader);
        OwnerKind owner = Conversations.Owner(reader.GetString(Own + 4));
        Words snippet = Words.None;
        string kind = MessageKinds.Text;
        MessageAuthor from = MessageAuthor.Customer;
        bool revoked = false;
        if (reader.ValueOrNull<Guid>(Own + 7) is { } messageId)
        {
            kind = reader.GetString(Own + 8);
            revoked = reader.GetBoolean(Own + 12);
            from = MessageAuthors.Of(reader.GetString(Own + 9), people).Author;
            snippet = opener.Open(
                reader.GetGuid(Own + 10), new SealContext(clientId, messageId, MessageRecord.TextColumn), reader.OrNull<byte[]>(Own + 11));
        }

        return new InboxRow
        {
            ConversationId = reader.GetGuid(Own),
            DisplayName = label.DisplayName,
            Snippet = revoked ? null : snippet.Text,
            SnippetLoss = snippet.Loss,
            SnippetKind = revoked ? "revoke" : kind,
            SnippetFrom = from,
            LastAt = reader.GetFieldValue<DateTimeOffset>(Own + 1),
            Unread = (int)Math.Min(reader.GetInt64(Own + 2), int.MaxValue),
            Owner = owner,
            OwnerName = reader.ValueOrNull<Guid>(Own + 5) is { } ownerId ? people.GetValueOrDefault(ownerId)?.Name : null,
            WindowUntil = reader.ValueOrNull<DateTimeOffset>(Own + 3) + ConversationState.Window,
            OptedOut = reader.GetBoolean(Own + 6),
            SnoozedUntil = reader.ValueOrNull<DateTimeOffset>(Own + 13),
            Labels = own.Of(reader.GetFieldValue<Guid[]>(Own + 14)),
            ShownAt = reader.GetFieldValue<DateTimeOffset>(Own + 15),
            CameBack = reader.GetBoolean(Own + 16),
        };
    }

    private static string Name(InboxTab tab) => tab switch
    {
        InboxTab.Waiting => "waiting",
        InboxTab.Mine => "mine",
        _ => "all",
    };
}
