using Munshi.Access;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Pages;
using Npgsql;

namespace Munshi.Vault.Joining;

/// <summary>Reads who a conversation is with.</summary>
internal sealed class ContactReader(WorkspaceDatabase database, Members members, ContactLabels labels, WordOpener opener, TimeProvider clock)
{
    private const int MostEvents = 50;

    private const string Conversations =
        """
        SELECT id, number_id, last_at FROM vault.conversation
        WHERE client_id = $1 AND contact_id = $2 AND superseded_by IS NULL
        ORDER BY last_at DESC, id DESC
        """;

    private static readonly string Head = Sql.Read("Vault/Joining/contact_head.sql");
    private static readonly string History = Sql.Read("Vault/Joining/contact_history.sql");
    private static readonly string Identifiers = Sql.Read("Vault/Joining/contact_identifiers.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null where this workspace has no such conversation.</returns>
    public async Task<ContactView?> ReadAsync(Guid clientId, Guid conversationId, CancellationToken cancellationToken)
    {
        if (await database.RowAsync(clientId, ContactVersion.Query(clientId, conversationId), ContactVersion.Read, cancellationToken) is not { } version)
        {
            return null;
        }

        Statement Of(string query) => new Statement(query).Uuid(clientId).Uuid(version.ContactId);
        (ContactLabel label, bool optedOut) = await database.RowAsync(
            clientId, Of(Head), reader => (labels.Read(clientId, reader), reader.GetBoolean(ContactLabels.Columns)), cancellationToken);
        IReadOnlyList<EventRow> events = await database.RowsAsync(clientId, Of(History).Int(MostEvents), ReadEvent, cancellationToken);
        IReadOnlyList<(KnownAs Known, bool IsHere)> identifiers = await database.RowsAsync(
            clientId, Of(Identifiers).Uuids([.. events.SelectMany(row => row.Identifiers).Distinct()]), reader => ReadIdentifier(clientId, reader), cancellationToken);
        IReadOnlyDictionary<Guid, Member> people = await members.ListAsync(clientId, cancellationToken);
        HashSet<Guid> here = [.. identifiers.Where(one => one.IsHere).Select(one => one.Known.Id)];
        return new ContactView
        {
            ConversationId = conversationId,
            DisplayName = label.DisplayName,
            MaskedNumber = label.MaskedNumber,
            OptedOut = optedOut,
            Version = version,
            Identifiers = [.. identifiers.Where(one => one.IsHere).Select(one => one.Known)],
            History = [.. events.Select(row => Told(row, identifiers, here, people))],
            Conversations = await database.RowsAsync(
                clientId,
                Of(Conversations),
                reader => new ContactConversation(reader.GetGuid(0), reader.ValueOrNull<Guid>(1), reader.GetFieldValue<DateTimeOffset>(2)),
                cancellationToken),
            NextEventId = Guid.CreateVersion7(clock.GetUtcNow()),
        };
    }

    private static ContactEvent Told(
        EventRow row, IReadOnlyList<(KnownAs Known, bool IsHere)> identifiers, HashSet<Guid> here, IReadOnlyDictionary<Guid, Member> people)
    {
        (MessageAuthor author, string? name) = MessageAuthors.Of(row.Actor, people);
        int stillHere = row.Identifiers.Count(here.Contains);
        return new ContactEvent
        {
            Id = row.Id,
            Kind = row.Kind,
            At = row.At,
            ByPerson = author is MessageAuthor.Person,
            ByName = name,
            Moved = [.. identifiers.Select(one => one.Known).Where(known => row.Identifiers.Contains(known.Id))],
            CanUndo = row is { Kind: ContactEventKind.Merged, CameHere: true, IsUndone: false } && stillHere > 0 && stillHere < here.Count,
        };
    }

    private static EventRow ReadEvent(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        ContactEventKinds.Of(reader.GetString(1)),
        reader.GetString(2),
        reader.GetFieldValue<DateTimeOffset>(3),
        reader.GetFieldValue<Guid[]>(4),
        reader.GetBoolean(5),
        reader.GetBoolean(6));

    private (KnownAs Known, bool IsHere) ReadIdentifier(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        bool isUser = reader.GetString(1) == "bsuid";
        Words value = ErasedIdentifier.Told(id, opener.Open(reader.GetGuid(3), new SealContext(clientId, id, Correspondents.ValueColumn), reader.GetFieldValue<byte[]>(2)));
        string? masked = value.Text is not { } text ? null : isUser ? MaskedNumber.OfUser(text) : MaskedNumber.Of(text);
        return (new KnownAs(id, isUser, masked, value.Loss, reader.GetFieldValue<DateTimeOffset>(4)), reader.GetBoolean(5));
    }

    /// <param name="Id">The event.</param>
    /// <param name="Kind">What became of the contact.</param>
    /// <param name="Actor">A pseudonym.</param>
    /// <param name="At">When.</param>
    /// <param name="Identifiers">What went.</param>
    /// <param name="CameHere">Whether the contact is the one that stayed.</param>
    /// <param name="IsUndone">Whether it was taken back.</param>
    private sealed record EventRow(Guid Id, ContactEventKind Kind, string Actor, DateTimeOffset At, Guid[] Identifiers, bool CameHere, bool IsUndone);
}
