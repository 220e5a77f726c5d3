using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>Messages that one statement writes, each sealed, committed to and audited as <see cref="MessageWriter"/> does it.</summary>
internal sealed class MessageBatch(Guid clientId)
{
    private static readonly string InsertMessages = Sql.Read("Vault/insert_messages.sql");

    private readonly List<Row> _rows = [];

    /// <param name="record">The record; its times in whole microseconds, as PostgreSQL keeps them.</param>
    /// <param name="key">The key that <see cref="MessageRecord.KeyId"/> names.</param>
    /// <param name="text">What is shown, UTF-8; null where there is nothing to show.</param>
    /// <param name="raw">What the provider or the file told of it.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">For the ledger.</param>
    /// <param name="at">When it was done; null for when the message was received.</param>
    public void Add(MessageRecord record, KeyMaterial key, byte[]? text, byte[]? raw, Actor actor, string action, DateTimeOffset? at = null)
    {
        byte[]? textSealed = text is null ? null : SealedValue.Seal(key, new SealContext(clientId, record.Id, MessageRecord.TextColumn), text);
        byte[]? rawSealed = raw is null ? null : SealedValue.Seal(key, new SealContext(clientId, record.Id, MessageRecord.RawColumn), raw);
        _rows.Add(new Row(record, textSealed, rawSealed, new AuditEvent(
            actor, action, "message", record.Id, at ?? record.ReceivedAt, record.Commit(key, text, raw), RecordCommitment.HashCiphertexts(textSealed, rawSealed))));
    }

    /// <summary>Queues the messages and, one for each so that each has its own leaf, their events.</summary>
    public void Write(WorkspaceTransaction transaction)
    {
        transaction.Queue(new Statement(InsertMessages)
            .Uuid(clientId)
            .Uuids([.. _rows.Select(row => row.Record.Id)])
            .Uuids([.. _rows.Select(row => row.Record.ConversationId)])
            .Uuids([.. _rows.Select(row => row.Record.IdentifierId)])
            .Texts([.. _rows.Select(row => row.Record.Direction)])
            .Texts([.. _rows.Select(row => row.Record.Author)])
            .Texts([.. _rows.Select(row => row.Record.Kind)])
            .Texts([.. _rows.Select(row => row.Record.Source)])
            .Longs([.. _rows.Select(row => row.Record.Turn)])
            .Times([.. _rows.Select(row => row.Record.At.ToUniversalTime())])
            .Times([.. _rows.Select(row => row.Record.ProviderAt?.ToUniversalTime())])
            .Times([.. _rows.Select(row => row.Record.ReceivedAt.ToUniversalTime())])
            .Uuids([.. _rows.Select(row => row.Record.KeyId)])
            .BytesArray([.. _rows.Select(row => row.Text)])
            .BytesArray([.. _rows.Select(row => row.Raw)])
            .BytesArray([.. _rows.Select(row => row.Record.RefersTo)]));
        AuditTrail.Record(transaction, [.. _rows.Select(row => row.Event)]);
    }

    private sealed record Row(MessageRecord Record, byte[]? Text, byte[]? Raw, AuditEvent Event);
}
