using Munshi.Access;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Notes;
using Munshi.Vault.Pages;
using Munshi.Vault.Resolving;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Reads what stands between the messages of a thread: notes, and what was done with the conversation.</summary>
internal sealed class ThreadAsides(WorkspaceDatabase database, WordOpener opener)
{
    /// <summary>Of each kind, between the messages of one page; of more, the newest.</summary>
    private const int Most = 200;

    private static readonly string ConversationEvents = Sql.Read("Vault/Resolving/conversation_events.sql");
    private static readonly string ConversationNotes = Sql.Read("Vault/Notes/conversation_notes.sql");

    /// <param name="person">The viewer.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="from">Where the page begins.</param>
    /// <param name="before">Where it ends; null for the newest page.</param>
    /// <param name="people">The members of staff.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Oldest first.</returns>
    public async Task<IReadOnlyList<ThreadAside>> ReadAsync(
        SignedIn person,
        Guid conversationId,
        DateTimeOffset from,
        DateTimeOffset? before,
        IReadOnlyDictionary<Guid, Member> people,
        CancellationToken cancellationToken)
    {
        Statement Span(string query) => new Statement(query).Uuid(person.ClientId).Uuid(conversationId).Time(from).Time(before).Int(Most);
        IReadOnlyList<ThreadAside.Change> changes = await database.RowsAsync(
            person.ClientId, Span(ConversationEvents), reader => Change(reader, people), cancellationToken);
        IReadOnlyList<ThreadAside.Note> notes = await database.RowsAsync(
            person.ClientId, Span(ConversationNotes), reader => Note(reader, person, people), cancellationToken);
        return [.. changes.Concat<ThreadAside>(notes).OrderBy(aside => aside.At).ThenBy(aside => aside.Id)];
    }

    private static ThreadAside.Change Change(NpgsqlDataReader reader, IReadOnlyDictionary<Guid, Member> people)
    {
        (MessageAuthor author, string? name) = MessageAuthors.Of(reader.GetString(3), people);
        return new ThreadAside.Change
        {
            Id = reader.GetGuid(0),
            At = reader.GetFieldValue<DateTimeOffset>(1),
            Kind = StandingNames.OfChange(reader.GetString(2)),
            ByName = name,
            ByCustomer = author is MessageAuthor.Customer,
            ByMunshi = author is MessageAuthor.Automatic,
            Until = reader.ValueOrNull<DateTimeOffset>(4),
        };
    }

    private ThreadAside.Note Note(NpgsqlDataReader reader, SignedIn person, IReadOnlyDictionary<Guid, Member> people)
    {
        Guid id = reader.GetGuid(0);
        Guid writer = reader.GetGuid(2);
        Guid? deleter = reader.ValueOrNull<Guid>(5);
        Words words = opener.Open(reader.GetGuid(3), new SealContext(person.ClientId, id, NoteRecord.TextColumn), reader.OrNull<byte[]>(4));
        return new ThreadAside.Note
        {
            Id = id,
            At = reader.GetFieldValue<DateTimeOffset>(1),
            ByName = people.GetValueOrDefault(writer)?.Name,
            Text = words.Text,
            Loss = words.Loss,
            IsDeleted = deleter is not null,
            DeletedBy = deleter is { } by ? people.GetValueOrDefault(by)?.Name : null,
            CanDelete = deleter is null && (writer == person.PersonId || person.Role is MemberRole.Owner),
        };
    }
}
