using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault.Notes;

/// <summary>What people write about a conversation for each other. It is never sent, and goes with the customer's keys.</summary>
internal sealed class NoteBook(WorkspaceDatabase database, DataKeys dataKeys, TimeProvider clock)
{
    /// <summary>The longest note, in UTF-16 code units.</summary>
    public const int MaxLength = 4000;

    private const string ObjectKind = "note";

    private const string Insert =
        """
        INSERT INTO vault.note (client_id, id, conversation_id, identifier_id, person_id, at, key_id, text_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string Remove =
        "INSERT INTO vault.note_removal (client_id, note_id, person_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT (client_id, note_id) DO NOTHING";

    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">What it is about.</param>
    /// <param name="id">A fresh id; the same one writes no second note.</param>
    /// <param name="personId">Who writes it.</param>
    /// <param name="text">1 to <see cref="MaxLength"/>.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<NoteOutcome> WriteAsync(Guid clientId, Guid conversationId, Guid id, Guid personId, string text, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaxLength);
        DateTimeOffset now = clock.GetMicrosecondNow();
        return database.TransactAsync(clientId, async transaction =>
        {
            if (await Conversations.LockAsync(transaction, conversationId) is null)
            {
                return NoteOutcome.Unknown;
            }

            if (await FindAsync(transaction, id) is { } there)
            {
                return there.ConversationId == conversationId ? NoteOutcome.Done : NoteOutcome.Unknown;
            }

            Guid identifierId = await ConversationIdentifier.FindAsync(transaction, conversationId);
            DataKey key = await dataKeys.GetAsync(transaction, identifierId, DataKeys.PeriodOf(now), now);
            NoteRecord record = new(id, conversationId, identifierId, personId, now, key.Id);
            byte[] words = Encoding.UTF8.GetBytes(text);
            byte[] sealedText = SealedValue.Seal(key.Material, new SealContext(clientId, id, NoteRecord.TextColumn), words);
            transaction.Queue(new Statement(Insert)
                .Uuid(clientId).Uuid(id).Uuid(conversationId).Uuid(identifierId).Uuid(personId).Time(now).Uuid(key.Id).Bytes(sealedText));
            AuditTrail.Record(transaction, new AuditEvent(
                Actor.Person(personId), "note.written", ObjectKind, id, now, record.Commit(key.Material, words), RecordCommitment.HashCiphertexts(sealedText)));
            Signals.Conversation(transaction, conversationId);
            return NoteOutcome.Done;
        }, cancellationToken);
    }

    /// <summary>Shown no more from the commit on; that there was one, and who deleted it, stays.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">What it is about.</param>
    /// <param name="id">The note.</param>
    /// <param name="personId">Who deletes it.</param>
    /// <param name="isOwner">Whether they own the workspace.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<NoteOutcome> DeleteAsync(Guid clientId, Guid conversationId, Guid id, Guid personId, bool isOwner, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return database.TransactAsync(clientId, async transaction =>
        {
            if (await FindAsync(transaction, id) is not { } there || there.ConversationId != conversationId)
            {
                return NoteOutcome.Unknown;
            }

            if (!isOwner && there.PersonId != personId)
            {
                return NoteOutcome.NotAllowed;
            }

            if (await transaction.ExecuteAsync(new Statement(Remove).Uuid(clientId).Uuid(id).Uuid(personId).Time(now)) == 1)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Person(personId), "note.deleted", ObjectKind, id, now));
                Signals.Conversation(transaction, conversationId);
            }

            return NoteOutcome.Done;
        }, cancellationToken);
    }

    private static Task<NotePlace?> FindAsync(WorkspaceTransaction transaction, Guid id) => transaction.RowAsync<NotePlace>(
        new Statement("SELECT conversation_id, person_id FROM vault.note WHERE client_id = $1 AND id = $2").Uuid(transaction.ClientId).Uuid(id),
        reader => new NotePlace(reader.GetGuid(0), reader.GetGuid(1)));

    private sealed record NotePlace(Guid ConversationId, Guid PersonId);
}
