using Munshi.Access;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Proving;
using Munshi.Database;
using Munshi.Ledger.Notes;
using Npgsql;

namespace Munshi.Vault.Transcripts;

/// <summary>Conversations saved as files: who did it, and what a new one will be of.</summary>
internal sealed class SavedTranscripts(
    WorkspaceDatabase database, ContactLabels labels, Members members, SignedEntries entries, LogAttester attester, TimeProvider clock)
{
    private const string ReadSaved =
        "SELECT made_at, person_id, messages FROM vault.transcript WHERE client_id = $1 AND conversation_id = $2 ORDER BY made_at DESC, id DESC LIMIT 20";

    private const string Insert =
        "INSERT INTO vault.transcript (client_id, id, conversation_id, person_id, messages, made_at) VALUES ($1, $2, $3, $4, $5, $6)";

    private static readonly string ReadHead = Sql.Read("Vault/conversation_head.sql");
    private static readonly string ReadExtent = Sql.Read("Vault/Transcripts/transcript_extent.sql");

    /// <summary>Null where this workspace has no such conversation.</summary>
    public async Task<TranscriptView?> ViewAsync(Guid clientId, Guid conversationId, CancellationToken cancellationToken)
    {
        if (await HeadAsync(clientId, conversationId, cancellationToken) is not { Contact: { } contact }
            || await database.RowAsync(clientId, Extent(clientId, conversationId), reader => (long?)reader.GetInt64(0), cancellationToken) is not { } messages)
        {
            return null;
        }

        IReadOnlyDictionary<Guid, Member> people = await members.ListAsync(clientId, cancellationToken);
        IReadOnlyList<SavedTranscript> saved = await database.RowsAsync(
            clientId,
            new Statement(ReadSaved).Uuid(clientId).Uuid(conversationId),
            reader => new SavedTranscript(reader.GetFieldValue<DateTimeOffset>(0), people.GetValueOrDefault(reader.GetGuid(1))?.Name, reader.GetInt64(2)),
            cancellationToken);
        return new TranscriptView(conversationId, contact.DisplayName, messages, saved);
    }

    /// <summary>Records that a person saves a conversation, before the first byte of it leaves; durable once the task completes.</summary>
    public async Task<TranscriptStart> BeginAsync(SignedIn person, Guid conversationId, CancellationToken cancellationToken)
    {
        Guid clientId = person.ClientId;
        if (await HeadAsync(clientId, conversationId, cancellationToken) is not { } head)
        {
            return new TranscriptStart.Unknown();
        }

        StoredCheckpoint? checkpoint = await entries.NewestAsync(clientId, cancellationToken);
        VerifierKey? key = checkpoint is null ? null : attester.KeyOf(checkpoint.Note);
        if (checkpoint is null || key is null)
        {
            return new TranscriptStart.Unsigned();
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        (long messages, PageCursor? last) = await database.TransactAsync(clientId, async transaction =>
        {
            (long Messages, PageCursor? Last) extent = await transaction.RowAsync(Extent(clientId, conversationId), ReadExtentOf);
            transaction.Queue(new Statement(Insert)
                .Uuid(clientId).Uuid(Guid.CreateVersion7(now)).Uuid(conversationId).Uuid(person.PersonId).Long(extent.Messages).Time(now));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person.PersonId), "conversation.exported", "conversation", conversationId, now));
            return extent;
        }, cancellationToken);
        return new TranscriptStart.Begun(Plan(conversationId, head, messages, last, now, checkpoint, key));
    }

    /// <summary>What a file of a conversation will be of that is part of a whole, of which the whole is recorded.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="at">When the whole was asked for.</param>
    /// <param name="checkpoint">What the proofs lead to.</param>
    /// <param name="key">The checkpoint's, as <see cref="LogAttester.KeyOf"/> gave it.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null where this workspace has no such conversation.</returns>
    public async Task<TranscriptPlan?> PlanAsync(
        Guid clientId, Guid conversationId, DateTimeOffset at, StoredCheckpoint checkpoint, VerifierKey key, CancellationToken cancellationToken)
    {
        if (await HeadAsync(clientId, conversationId, cancellationToken) is not { } head)
        {
            return null;
        }

        (long messages, PageCursor? last) = await database.RowAsync(clientId, Extent(clientId, conversationId), ReadExtentOf, cancellationToken);
        return Plan(conversationId, head, messages, last, at, checkpoint, key);
    }

    private static TranscriptPlan Plan(
        Guid conversationId, Head head, long messages, PageCursor? last, DateTimeOffset at, StoredCheckpoint checkpoint, VerifierKey key) => new()
        {
            ConversationId = conversationId,
            Contact = head.Contact,
            Earlier = head.Earlier,
            GoesOnIn = head.GoesOnIn,
            At = at,
            Messages = messages,
            Last = last,
            Checkpoint = checkpoint,
            Key = key,
        };

    private static (long Messages, PageCursor? Last) ReadExtentOf(NpgsqlDataReader reader) => (
        reader.GetInt64(0),
        reader.ValueOrNull<DateTimeOffset>(1) is { } at ? new PageCursor(at, reader.GetGuid(2)) : null);

    private static Statement Extent(Guid clientId, Guid conversationId) => new Statement(ReadExtent).Uuid(clientId).Uuid(conversationId);

    private Task<Head?> HeadAsync(Guid clientId, Guid conversationId, CancellationToken cancellationToken) => database.RowAsync<Head>(
        clientId,
        new Statement(ReadHead).Uuid(clientId).Uuid(conversationId),
        reader => new Head(labels.Read(clientId, reader), reader.ValueOrNull<Guid>(ContactLabels.Columns + 8), reader.ValueOrNull<Guid>(ContactLabels.Columns + 9)),
        cancellationToken);

    /// <param name="Contact">What the customer is called by.</param>
    /// <param name="GoesOnIn">As in <see cref="TranscriptPlan.GoesOnIn"/>.</param>
    /// <param name="Earlier">As in <see cref="TranscriptPlan.Earlier"/>.</param>
    private sealed record Head(ContactLabel Contact, Guid? GoesOnIn, Guid? Earlier)
    {
        public override string ToString() => nameof(Head);
    }
}
