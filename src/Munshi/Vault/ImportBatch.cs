using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>New messages of an export as the columns of one statement, each sealed and committed to.</summary>
internal sealed class ImportBatch(Guid clientId, Guid conversationId, Guid identifierId, DateTimeOffset now)
{
    private readonly List<(MessageRecord Record, byte[]? Text, byte[] Raw, byte[] Commitment)> _rows = [];

    public void Add(Guid id, ImportedMessage message, DataKey key)
    {
        Actor author = message.Outbound || message.OfTheApp ? Actor.Import : Actor.Customer(identifierId);
        MessageRecord record = new()
        {
            Id = id,
            ConversationId = conversationId,
            IdentifierId = identifierId,
            Direction = message.Outbound ? "out" : "in",
            Author = author.Pseudonym,
            Kind = message.Kind,
            Source = "import",
            Turn = 0,
            At = message.At,
            ProviderAt = message.SentAt,
            ReceivedAt = now,
            KeyId = key.Id,
        };
        byte[]? text = message.Text is null ? null : SealedValue.Seal(key.Material, new SealContext(clientId, id, MessageRecord.TextColumn), message.Text);
        byte[] raw = SealedValue.Seal(key.Material, new SealContext(clientId, id, MessageRecord.RawColumn), message.Raw);
        _rows.Add((record, text, raw, record.Commit(key.Material, message.Text, message.Raw)));
    }

    /// <param name="insert"><c>insert_imported.sql</c>.</param>
    public Statement Insert(string insert) => new Statement(insert)
        .Uuid(clientId).Uuid(conversationId).Uuid(identifierId).Time(now)
        .Uuids([.. _rows.Select(row => row.Record.Id)])
        .Texts([.. _rows.Select(row => row.Record.Direction)])
        .Texts([.. _rows.Select(row => row.Record.Author)])
        .Texts([.. _rows.Select(row => row.Record.Kind)])
        .Times([.. _rows.Select(row => row.Record.At)])
        .Times([.. _rows.Select(row => row.Record.ProviderAt!.Value)])
        .Uuids([.. _rows.Select(row => row.Record.KeyId)])
        .BytesArray([.. _rows.Select(row => row.Text!)])
        .BytesArray([.. _rows.Select(row => row.Raw)]);

    /// <summary>One for each message, so that each has its own leaf.</summary>
    public IReadOnlyList<AuditEvent> Events(Actor actor) =>
        [.. _rows.Select(row => new AuditEvent(
            actor, "message.imported", "message", row.Record.Id, now, row.Commitment, RecordCommitment.HashCiphertexts(row.Text, row.Raw)))];
}
