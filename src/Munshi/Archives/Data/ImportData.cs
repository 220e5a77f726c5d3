using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Importing;
using Npgsql;

namespace Munshi.Archives.Data;

/// <summary>Imported chats, and what each of them saw.</summary>
internal sealed class ImportData(DataPages pages, WorkspaceDatabase database, WordOpener opener, DeletedWords deleted)
{
    private const int AtOnce = 500;

    private const string Imports =
        """
        SELECT i.id, i.conversation_id, i.identifier_id, i.at, i.time_zone, i.date_order, i.key_id, i.file_sealed,
            EXISTS (SELECT FROM vault.withdrawn_import w WHERE w.client_id = $1 AND w.import_id = i.id AND w.withdrawn)
        FROM vault.import i WHERE i.client_id = $1 AND i.id > $2 ORDER BY i.id LIMIT $3
        """;

    private const string Observations =
        """
        SELECT import_id, ordinal, message_id, outcome, key_id, raw_sealed FROM vault.observation
        WHERE client_id = $1 AND (import_id, ordinal, message_id) > ($2, $3, $4)
        ORDER BY import_id, ordinal, message_id LIMIT $5
        """;

    public async Task WriteAsync(ArchiveRun run, CancellationToken cancellationToken)
    {
        using (JsonLines lines = new(run.Folder, "observations"))
        {
            IReadOnlyList<Row> rows = [];
            do
            {
                Row last = rows.Count == 0 ? default : rows[^1];
                rows = await database.RowsAsync(
                    run.ClientId,
                    new Statement(Observations).Uuid(run.ClientId).Uuid(last.ImportId).Long(rows.Count == 0 ? -1 : last.Ordinal).Uuid(last.MessageId).Int(AtOnce),
                    reader => Observation(run.ClientId, reader),
                    cancellationToken);
                IReadOnlyDictionary<Guid, DateTimeOffset> gone = await deleted.MessagesAsync(run.ClientId, [.. rows.Select(row => row.MessageId).Distinct()], cancellationToken);
                foreach (Row row in rows)
                {
                    lines.Write(Line(row, gone.ContainsKey(row.MessageId)));
                }

                run.Progress.Tell($"data/observations.jsonl: {lines.Count} lines ...");
            }
            while (rows.Count == AtOnce);
            run.Lines.Add("observations", lines.Count);
        }

        await pages.WriteAsync(run, "imports", Imports, reader => Import(run.ClientId, reader), cancellationToken);
    }

    private Row Observation(Guid clientId, NpgsqlDataReader reader)
    {
        Guid messageId = reader.GetGuid(2);
        (byte[]? raw, WordsLoss loss) = reader.ValueOrNull<Guid>(4) is { } key
            ? opener.OpenBytes(key, new SealContext(clientId, messageId, ImportedMessages.RawColumn), reader.OrNull<byte[]>(5))
            : default;
        return new Row(reader.GetGuid(0), reader.GetInt64(1), messageId, reader.GetString(3), raw, loss);
    }

    private static DataLine Line(Row row, bool isDeleted) => new(row.ImportId, json =>
    {
        json.Id("import", row.ImportId);
        json.Number("ordinal", row.Ordinal);
        json.Id("message", row.MessageId);
        json.WriteString("outcome", row.Outcome);
        json.Base64("raw", isDeleted ? null : row.Raw);
        json.Loss(row.Loss);
    });

    private DataLine Import(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid conversation = reader.GetGuid(1);
        Guid identifier = reader.GetGuid(2);
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(3);
        string timeZone = reader.GetString(4);
        string dateOrder = reader.GetString(5);
        Words file = opener.Open(reader.GetGuid(6), new SealContext(clientId, id, ImportRecord.FileColumn), reader.OrNull<byte[]>(7));
        bool withdrawn = reader.GetBoolean(8);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("conversation", conversation);
            json.Id("identifier", identifier);
            json.Time("at", at);
            json.WriteString("timeZone", timeZone);
            json.WriteString("dateOrder", dateOrder);
            json.WriteString("file", file.Text);
            if (withdrawn)
            {
                json.WriteBoolean("withdrawn", true);
            }

            json.Loss(file.Loss);
        });
    }

    private readonly record struct Row(Guid ImportId, long Ordinal, Guid MessageId, string Outcome, byte[]? Raw, WordsLoss Loss)
    {
        public override string ToString() => $"{nameof(Row)} {ImportId}";
    }
}
