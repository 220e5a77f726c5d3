using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault.Importing;

/// <summary>Stores what an export holds: sealed, committed to and audited like every message; and, of each record, what was seen.</summary>
/// <remarks>
/// No turn, no job, no 24-hour window, nothing unread: an imported message is the past. Its author is the customer, or
/// <c>program:import</c> where it is ours (which of our people wrote is not told) or the app's.
/// </remarks>
internal sealed class ImportedMessages(Correspondents correspondents, DataKeys dataKeys, TimeProvider clock)
{
    internal const string FilePurpose = "import-file";
    private const string ChangePurpose = "imported-message";
    internal const string RawColumn = "vault.observation.raw_sealed";

    private const string InsertImport =
        """
        INSERT INTO vault.import (client_id, id, conversation_id, identifier_id, file_lookup, time_zone, date_order, at, key_id, file_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string InsertObservations =
        """
        INSERT INTO vault.observation (client_id, import_id, ordinal, message_id, outcome, key_id, raw_sealed)
        SELECT $1, $2, o.* FROM unnest($3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::bytea[]) AS o
        ON CONFLICT (client_id, import_id, ordinal, message_id) DO NOTHING
        """;

    private const string RaiseEpoch =
        """
        INSERT INTO vault.import_fence (client_id, identifier_id, epoch) VALUES ($1, $2, 1)
        ON CONFLICT (client_id, identifier_id) DO UPDATE SET epoch = import_fence.epoch + 1
        RETURNING epoch
        """;

    /// <summary>Takes the right to write to a chat; whichever import had it finds it gone.</summary>
    public async Task<ImportTurn> BeginAsync(WorkspaceTransaction transaction, ImportedFile file, Actor actor)
    {
        Correspondent customer = await CustomerAsync(transaction, file, clock.GetMicrosecondNow(), actor);
        long epoch = await transaction.RowAsync(
            new Statement(RaiseEpoch).Uuid(transaction.ClientId).Uuid(customer.Author.Id), reader => reader.GetInt64(0));
        return new ImportTurn(customer.ContactId, epoch);
    }

    /// <summary>Adds those of a batch that are new, and what is new of the others.</summary>
    /// <param name="transaction">One for each batch.</param>
    /// <param name="file">Where they come from.</param>
    /// <param name="numberId">The business number of a conversation that has to be opened; null while none is connected.</param>
    /// <param name="turn">As it was taken.</param>
    /// <param name="records">In the order of the file.</param>
    /// <param name="actor">Who imports.</param>
    /// <returns>Null where the turn had passed to another, or the customer to another contact: nothing was written.</returns>
    public async Task<ImportedBatch?> AddAsync(
        WorkspaceTransaction transaction, ImportedFile file, Guid? numberId, ImportTurn turn, IReadOnlyList<ImportedRecord> records, Actor actor)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        transaction.Queue(ContactLocks.Shared(turn.ContactId));
        Correspondent customer = await CustomerAsync(transaction, file, now, actor);
        if (customer.ContactId != turn.ContactId)
        {
            return null; // what was kept when the import began is not all that is, or more
        }

        KnownIdentifier author = customer.Author;
        long epoch = await transaction.RowAsync(
            new Statement("SELECT epoch FROM vault.import_fence WHERE client_id = $1 AND identifier_id = $2 FOR UPDATE").Uuid(transaction.ClientId).Uuid(author.Id),
            reader => reader.GetInt64(0));
        if (epoch != turn.Epoch)
        {
            return null;
        }

        if (file.CustomerName is not null)
        {
            Correspondents.NameUnlessKnown(transaction, author, file.CustomerName);
        }

        ImportedRecord[] fresh = [.. records.Where(record => record.Kept is null)];
        Guid[] ids = [.. fresh.Select(_ => Guid.CreateVersion7(now))];
        int newest = fresh.Length == 0 ? -1 : Enumerable.Range(0, fresh.Length).MaxBy(i => fresh[i].Message.At);
        ConversationState conversation = await Conversations.OpenForImportAsync(
            transaction, customer, numberId, newest < 0 ? Guid.Empty : ids[newest], newest < 0 ? now : fresh[newest].Message.At, now, actor);
        Guid importId = await RecordAsync(transaction, file, conversation.Id, author, now, actor);
        ImportedRecord[] changed = [.. records.Where(record => record.Changes.Count > 0)];
        IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey> keys = await dataKeys.GetAsync(
            transaction,
            [.. records.Where(record => record.Kept is null || record.Differs).Select(record => record.Message.SentAt).Concat(changed.SelectMany(record => record.Changes, (_, change) => change.At))
                .Select(at => (author.Id, DataKeys.PeriodOf(at))).Distinct()],
            now);
        MessageBatch batch = new(transaction.ClientId);
        List<Observation> seen = [];
        for (int i = 0; i < fresh.Length; i++)
        {
            ImportedMessage message = fresh[i].Message;
            DataKey key = keys[(author.Id, DataKeys.PeriodOf(message.SentAt))];
            batch.Add(Record(ids[i], message, conversation.Id, author.Id, key.Id, now), key.Material, message.Text, message.Raw, actor, "message.imported");
            seen.Add(new Observation(fresh[i].Ordinal, ids[i], "new"));
        }

        if (fresh.Length > 0)
        {
            batch.Write(transaction);
        }

        if (changed.Length > 0)
        {
            batch = new MessageBatch(transaction.ClientId);
            Dictionary<long, Guid> added = fresh.Zip(ids).ToDictionary(one => one.First.Ordinal, one => one.Second);
            Guid IdOf(ImportedRecord record) => record.Kept?.Id ?? added[record.Ordinal];
            IReadOnlyDictionary<Guid, byte[]> references = await ReferencesAsync(transaction, author, [.. changed.Select(IdOf)]);
            foreach ((ImportedRecord record, ImportedChange change) in changed.SelectMany(record => record.Changes, (record, change) => (record, change)))
            {
                Guid id = Guid.CreateVersion7(now);
                DataKey key = keys[(author.Id, DataKeys.PeriodOf(change.At))];
                MessageRecord said = Record(id, record.Message, record.Kept?.ConversationId ?? conversation.Id, author.Id, key.Id, now) with
                {
                    Kind = change.IsRevocation ? "revoke" : "edit",
                    At = change.At,
                    RefersTo = references[IdOf(record)],
                };
                batch.Add(said, key.Material, change.Text, change.IsRevocation ? null : record.Message.Raw, actor, "message.imported"); // the lines hold the words that are gone
                seen.Add(new Observation(record.Ordinal, id, "changed"));
            }

            batch.Write(transaction);
        }

        foreach (ImportedRecord record in records.Where(record => record.Kept is not null))
        {
            DataKey? key = record.Differs ? keys[(author.Id, DataKeys.PeriodOf(record.Message.SentAt))] : null;
            seen.Add(new Observation(record.Ordinal, record.Kept!.Id, "same")
            {
                KeyId = key?.Id,
                Raw = key is null ? null : SealedValue.Seal(key.Material, new SealContext(transaction.ClientId, record.Kept.Id, RawColumn), record.Message.Raw),
            });
            seen.AddRange(record.Seen.Select(id => new Observation(record.Ordinal, id, "same")));
        }

        transaction.Queue(new Statement(InsertObservations)
            .Uuid(transaction.ClientId).Uuid(importId)
            .Longs([.. seen.Select(one => one.Ordinal)]).Uuids([.. seen.Select(one => one.MessageId)]).Texts([.. seen.Select(one => one.Outcome)])
            .Uuids([.. seen.Select(one => one.KeyId)]).BytesArray([.. seen.Select(one => one.Raw)]));
        if (newest >= 0)
        {
            Conversations.Touch(transaction, conversation, ids[newest], fresh[newest].Message.At, conversation.InboundCount, conversation.WindowFrom);
        }

        foreach (Guid touched in changed.Select(record => record.Kept?.ConversationId).OfType<Guid>().Distinct())
        {
            Signals.Conversation(transaction, touched);
        }

        Queue<Guid> others = new(ids);
        return new ImportedBatch(importId, [.. records.Select(record => record.Kept?.Id ?? others.Dequeue())]);
    }

    private Task<Correspondent> CustomerAsync(WorkspaceTransaction transaction, ImportedFile file, DateTimeOffset now, Actor actor) =>
        correspondents.ResolveAsync(transaction, [new IdentifierClaim("phone", file.CustomerDigits)], profileName: null, now, actor);

    /// <summary>The references under which messages are named by what was done to them; an imported one has none of the provider's.</summary>
    private static async Task<IReadOnlyDictionary<Guid, byte[]>> ReferencesAsync(WorkspaceTransaction transaction, KnownIdentifier author, Guid[] messageIds)
    {
        Dictionary<Guid, byte[]> references = (await transaction.RowsAsync(
            new Statement(
                """
                SELECT DISTINCT ON (message_id) message_id, reference FROM vault.provider_reference
                WHERE client_id = $1 AND message_id = ANY ($2) ORDER BY message_id, reference
                """).Uuid(transaction.ClientId).Uuids(messageIds),
            reader => (Id: reader.GetGuid(0), Reference: reader.GetFieldValue<byte[]>(1)))).ToDictionary(row => row.Id, row => row.Reference);
        Guid[] without = [.. messageIds.Where(id => !references.ContainsKey(id)).Distinct()];
        foreach (Guid id in without)
        {
            references[id] = author.Identity.Lookup(ChangePurpose, id.ToByteArray(bigEndian: true));
        }

        transaction.Queue(new Statement(
            "INSERT INTO vault.provider_reference (client_id, reference, message_id) SELECT $1, r.* FROM unnest($2::bytea[], $3::uuid[]) AS r ON CONFLICT (client_id, reference) DO NOTHING")
            .Uuid(transaction.ClientId).BytesArray([.. without.Select(id => references[id])]).Uuids(without));
        return references;
    }

    private static MessageRecord Record(Guid id, ImportedMessage message, Guid conversationId, Guid identifierId, Guid keyId, DateTimeOffset now) => new()
    {
        Id = id,
        ConversationId = conversationId,
        IdentifierId = identifierId,
        Direction = message.Outbound ? "out" : "in",
        Author = (message.Outbound || message.OfTheApp ? Actor.Import : Actor.Customer(identifierId)).Pseudonym,
        Kind = message.Kind,
        Source = "import",
        Turn = 0,
        At = message.At,
        ProviderAt = message.SentAt,
        ReceivedAt = now,
        KeyId = keyId,
    };

    /// <summary>The import of this file, begun with its first new message; a resumed one goes on under the same.</summary>
    private async Task<Guid> RecordAsync(
        WorkspaceTransaction transaction, ImportedFile file, Guid conversationId, KnownIdentifier author, DateTimeOffset now, Actor actor)
    {
        Guid clientId = transaction.ClientId;
        byte[] lookup = author.Identity.Lookup(FilePurpose, file.Reading);
        Guid known = await transaction.RowAsync(
            new Statement("SELECT id FROM vault.import WHERE client_id = $1 AND file_lookup = $2").Uuid(clientId).Bytes(lookup), reader => reader.GetGuid(0));
        if (known != Guid.Empty)
        {
            await ImportWithdrawals.RestoreAsync(transaction, known, actor, now);
            return known;
        }

        DataKey key = await dataKeys.GetAsync(transaction, author.Id, DataKeys.PeriodOf(now), now);
        ImportRecord record = new(Guid.CreateVersion7(now), conversationId, author.Id, lookup, file.TimeZone, file.DateOrder, now, key.Id);
        byte[] described = file.Described;
        byte[] sealedFile = SealedValue.Seal(key.Material, new SealContext(clientId, record.Id, ImportRecord.FileColumn), described);
        transaction.Queue(new Statement(InsertImport)
            .Uuid(clientId).Uuid(record.Id).Uuid(record.ConversationId).Uuid(record.IdentifierId).Bytes(record.FileLookup)
            .Text(record.TimeZone).Text(record.DateOrder).Time(record.At).Uuid(record.KeyId).Bytes(sealedFile));
        AuditTrail.Record(transaction, new AuditEvent(
            actor, "chat.imported", "import", record.Id, now, record.Commit(key.Material, described), RecordCommitment.HashCiphertexts(sealedFile)));
        return record.Id;
    }

    /// <param name="Ordinal">The record's place in the file.</param>
    /// <param name="MessageId">The message, or the event, that it shows.</param>
    /// <param name="Outcome">As in <c>vault.observation</c>.</param>
    private sealed record Observation(long Ordinal, Guid MessageId, string Outcome)
    {
        public Guid? KeyId { get; init; }

        public byte[]? Raw { get; init; }
    }
}
