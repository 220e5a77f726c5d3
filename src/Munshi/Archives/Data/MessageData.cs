using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Npgsql;

namespace Munshi.Archives.Data;

/// <summary>Messages, edits and deletions among them, and what became of each.</summary>
internal sealed class MessageData(DataPages pages, WordOpener opener, DeletedWords deleted)
{
    private const string Statuses =
        """
        SELECT id, message_id, status, error_code, reason, at, received_at, key_id, raw_sealed
        FROM vault.message_status WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    private static readonly string Messages = Sql.Read("Archives/Data/messages_page.sql");

    public async Task WriteAsync(ArchiveRun run, CancellationToken cancellationToken)
    {
        await pages.WriteAsync(run, "statuses", Statuses, reader => Status(run.ClientId, reader), cancellationToken);
        using JsonLines lines = new(run.Folder, "messages");
        await foreach (IReadOnlyList<Row> rows in pages.OfAsync(run.ClientId, Messages, reader => Read(run.ClientId, reader), row => row.Id, cancellationToken))
        {
            IReadOnlyDictionary<Guid, DateTimeOffset> gone = await deleted.MessagesAsync(run.ClientId, [.. rows.Select(row => row.Id)], cancellationToken);
            foreach (Row row in rows)
            {
                lines.Write(Line(row, gone.TryGetValue(row.Id, out DateTimeOffset at) ? at : null));
            }

            run.Progress.Tell($"data/messages.jsonl: {lines.Count} messages ...");
        }

        run.Lines.Add("messages", lines.Count);
    }

    private Row Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid key = reader.GetGuid(11);
        return new Row
        {
            Id = id,
            ConversationId = reader.GetGuid(1),
            IdentifierId = reader.GetGuid(2),
            Direction = reader.GetString(3),
            Author = reader.GetString(4),
            Kind = reader.GetString(5),
            Source = reader.GetString(6),
            Turn = reader.GetInt64(7),
            At = reader.GetFieldValue<DateTimeOffset>(8),
            ProviderAt = reader.ValueOrNull<DateTimeOffset>(9),
            ReceivedAt = reader.GetFieldValue<DateTimeOffset>(10),
            Text = opener.Open(key, new SealContext(clientId, id, MessageRecord.TextColumn), reader.OrNull<byte[]>(12)),
            Raw = opener.OpenBytes(key, new SealContext(clientId, id, MessageRecord.RawColumn), reader.OrNull<byte[]>(13)),
            RefersTo = reader.ValueOrNull<Guid>(14),
            IsWithdrawn = reader.GetBoolean(15),
        };
    }

    private static DataLine Line(Row row, DateTimeOffset? deletedAt) => new(row.Id, json =>
    {
        json.Id("id", row.Id);
        json.Id("conversation", row.ConversationId);
        json.Id("identifier", row.IdentifierId);
        json.WriteString("direction", row.Direction);
        json.WriteString("author", row.Author);
        json.WriteString("kind", row.Kind);
        json.WriteString("source", row.Source);
        json.Number("turn", row.Turn);
        json.Time("at", row.At);
        json.Time("providerAt", row.ProviderAt);
        json.Time("receivedAt", row.ReceivedAt);
        json.WriteString("text", deletedAt is null ? row.Text.Text : null);
        json.Base64("raw", deletedAt is null ? row.Raw.Value : null);
        json.Id("refersTo", row.RefersTo);
        if (row.IsWithdrawn)
        {
            json.WriteBoolean("withdrawn", true);
        }

        if (deletedAt is not null)
        {
            json.Time("deleted", deletedAt);
        }

        json.Loss(row.Text.Loss, row.Raw.Loss);
    });

    private DataLine Status(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid message = reader.GetGuid(1);
        string status = reader.GetString(2);
        int? error = reader.ValueOrNull<int>(3);
        string? reason = reader.OrNull<string>(4);
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(5);
        DateTimeOffset receivedAt = reader.GetFieldValue<DateTimeOffset>(6);
        (byte[]? raw, WordsLoss loss) = opener.OpenBytes(reader.GetGuid(7), new SealContext(clientId, id, MessageStatuses.RawColumn), reader.OrNull<byte[]>(8));
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("message", message);
            json.WriteString("status", status);
            json.Number("errorCode", error);
            json.WriteString("reason", reason);
            json.Time("at", at);
            json.Time("receivedAt", receivedAt);
            json.Base64("raw", raw);
            json.Loss(loss);
        });
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid ConversationId { get; init; }

        public required Guid IdentifierId { get; init; }

        public required string Direction { get; init; }

        public required string Author { get; init; }

        public required string Kind { get; init; }

        public required string Source { get; init; }

        public required long Turn { get; init; }

        public required DateTimeOffset At { get; init; }

        public required DateTimeOffset? ProviderAt { get; init; }

        public required DateTimeOffset ReceivedAt { get; init; }

        public required Words Text { get; init; }

        public required (byte[]? Value, WordsLoss Loss) Raw { get; init; }

        public required Guid? RefersTo { get; init; }

        public required bool IsWithdrawn { get; init; }

        public override string ToString() => $"{nameof(Row)} {Id}";
    }
}
