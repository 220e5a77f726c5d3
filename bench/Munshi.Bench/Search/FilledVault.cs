using System.Text;
using Munshi.Bench.Groups;
using Munshi.CommandLine;
using Munshi.Keyring;
using Npgsql;
using NpgsqlTypes;

namespace Munshi.Bench.Search;

/// <summary>Puts messages beside those of imported chats, sealed as the program seals them, by COPY as superuser: without acts, which the build does not read.</summary>
internal static class FilledVault
{
    private const int AtOnce = 50_000;
    private const int MessagesOfAChat = 10;

    private static readonly DateTimeOffset First = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task FillAsync(RunningMunshi munshi, Installation installation, BenchOptions options, int chats, long messages, SyntheticText texts, CancellationToken cancellationToken)
    {
        KeyCustodian custodian = installation.Get<KeyCustodian>();
        for (int chat = 0; chat < chats; chat++)
        {
            custodian.Replenish();
            (string path, string contact) = await ChatFile.WriteAsync(options.Directory, chat, MessagesOfAChat, cancellationToken);
            await ImportedChat.AddAsync(installation, munshi.ClientId, path, contact, MessagesOfAChat, cancellationToken);
        }

        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        List<(Guid Conversation, Guid Identifier, Guid Key)> talks = [];
        await using (NpgsqlCommand read = new("SELECT DISTINCT ON (conversation_id) conversation_id, identifier_id, key_id FROM vault.message WHERE client_id = $1", admin) { Parameters = { new() { Value = munshi.ClientId } } })
        await using (NpgsqlDataReader reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                talks.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2)));
            }
        }

        TimeSpan step = TimeSpan.FromDays(4 * 365) / messages;
        for (long done = 0; done < messages; done += AtOnce)
        {
            Row[] rows = new Row[Math.Min(AtOnce, messages - done)];
            long begin = done;
            Parallel.For(0, rows.Length, i =>
            {
                Dice dice = new(begin + i);
                (Guid conversation, Guid identifier, Guid key) = talks[dice.Below(talks.Count)];
                DateTimeOffset at = First + (step * (begin + i));
                Guid id = Guid.CreateVersion7(at);
                byte[] text = SealedValue.Seal(custodian.Get(key), new SealContext(munshi.ClientId, id, "vault.message.text_sealed"), Encoding.UTF8.GetBytes(texts.Next(dice)));
                rows[i] = new Row(id, conversation, identifier, at, key, text);
            });
            await CopyAsync(admin, munshi.ClientId, rows, cancellationToken);
            if ((done / AtOnce) % 10 == 9)
            {
                Console.Error.WriteLine($"filled: {done + rows.Length} messages");
            }
        }

        await using NpgsqlCommand move = new(
            """
            UPDATE vault.conversation c SET last_at = m.at, last_message_id = m.id
            FROM vault.conversation o CROSS JOIN LATERAL (
                SELECT at, id FROM vault.message WHERE client_id = o.client_id AND conversation_id = o.id ORDER BY at DESC, id DESC LIMIT 1) m
            WHERE c.client_id = $1 AND o.client_id = $1 AND o.id = c.id
            """,
            admin)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = munshi.ClientId } },
        };
        await move.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand vacuum = new("VACUUM ANALYZE vault.message, vault.conversation", admin) { CommandTimeout = 0 };
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection admin, Guid clientId, Row[] rows, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await admin.BeginBinaryImportAsync(
            "COPY vault.message (client_id, id, conversation_id, identifier_id, direction, author, kind, source, turn, at, received_at, key_id, text_sealed) FROM STDIN (FORMAT binary)", cancellationToken);
        foreach (Row row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(clientId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Conversation, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Identifier, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync("in", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync($"customer:{row.Identifier}", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("text", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("webhook", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(0L, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(row.At, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(row.At, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(row.Key, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Text, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private readonly record struct Row(Guid Id, Guid Conversation, Guid Identifier, DateTimeOffset At, Guid Key, byte[] Text);
}
