using System.Buffers.Binary;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>Stores what an export holds: sealed, committed to and audited like every message, each once over all exports of its chat.</summary>
/// <remarks>
/// No turn, no job, no 24-hour window, nothing unread: an imported message is the past. Its author is the customer, or
/// <c>program:import</c> where it is ours (which of our people wrote is not told) or the app's.
/// </remarks>
internal sealed class ImportedMessages(Correspondents correspondents, DataKeys dataKeys, TimeProvider clock)
{
    private const string ReferencePurpose = "import-reference";
    private const string FilePurpose = "import-file";

    private const string InsertImport =
        """
        INSERT INTO vault.import (client_id, id, conversation_id, identifier_id, file_lookup, time_zone, date_order, at, key_id, file_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string InsertReferences =
        """
        INSERT INTO vault.import_reference (client_id, reference, message_id, import_id)
        SELECT $1, r.reference, r.message_id, $2 FROM unnest($3::bytea[], $4::uuid[]) AS r (reference, message_id)
        """;

    private static readonly string FindImported = Sql.Read("Vault/find_imported.sql");

    /// <summary>Adds those of a batch that are new.</summary>
    /// <param name="transaction">One for each batch.</param>
    /// <param name="file">Where they come from.</param>
    /// <param name="numberId">The business number of a conversation that has to be opened; null while none is connected.</param>
    /// <param name="messages">In the order of the file.</param>
    /// <param name="actor">Who imports.</param>
    /// <returns>How many were added.</returns>
    public async Task<int> AddAsync(
        WorkspaceTransaction transaction, ImportedFile file, Guid? numberId, IReadOnlyList<ImportedMessage> messages, Actor actor)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        Correspondent customer = await correspondents.ResolveAsync(
            transaction, [new IdentifierClaim("phone", file.CustomerDigits)], profileName: null, now, actor);
        KnownIdentifier author = customer.Author;
        byte[][] references = [.. messages.Select(message => author.Identity.Lookup(ReferencePurpose, message.Identity))];

        // Of two imports of one chat at once, one adds and the other finds.
        transaction.Queue(new Statement("SELECT pg_advisory_xact_lock($1)") { ReturnsRows = true }
            .Long(BinaryPrimitives.ReadInt64BigEndian(author.Id.ToByteArray().AsSpan(8))));
        HashSet<string> known = [.. await transaction.RowsAsync(
            new Statement(FindImported).Uuid(transaction.ClientId).BytesArray(references), reader => Convert.ToHexString(reader.GetFieldValue<byte[]>(0)))];
        int[] added = [.. Enumerable.Range(0, messages.Count).Where(i => !known.Contains(Convert.ToHexString(references[i])))];
        if (added.Length == 0)
        {
            return 0;
        }

        if (file.CustomerName is not null)
        {
            Correspondents.NameUnlessKnown(transaction, author, file.CustomerName);
        }

        ImportedMessage[] fresh = [.. added.Select(i => messages[i])];
        Guid[] ids = [.. added.Select(_ => Guid.CreateVersion7(now))];
        int newest = Enumerable.Range(0, fresh.Length).MaxBy(i => fresh[i].At);
        ConversationState conversation = await Conversations.OpenForImportAsync(
            transaction, customer.ContactId, numberId, ids[newest], fresh[newest].At, now, actor);
        Guid importId = await RecordAsync(transaction, file, conversation.Id, author, now, actor);
        IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey> keys = await dataKeys.GetAsync(
            transaction, [.. fresh.Select(message => (author.Id, DataKeys.PeriodOf(message.SentAt))).Distinct()], now);
        MessageBatch batch = new(transaction.ClientId);
        for (int i = 0; i < fresh.Length; i++)
        {
            DataKey key = keys[(author.Id, DataKeys.PeriodOf(fresh[i].SentAt))];
            batch.Add(Record(ids[i], fresh[i], conversation.Id, author.Id, key.Id, now), key.Material, fresh[i].Text, fresh[i].Raw, actor, "message.imported");
        }

        batch.Write(transaction);
        transaction.Queue(new Statement(InsertReferences)
            .Uuid(transaction.ClientId).Uuid(importId).BytesArray([.. added.Select(i => references[i])]).Uuids(ids));
        Conversations.Touch(transaction, conversation, ids[newest], fresh[newest].At, conversation.InboundCount, conversation.WindowFrom);
        return added.Length;
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
}
