using System.Globalization;
using Munshi.Bench.Groups;
using Munshi.CommandLine;
using Npgsql;

namespace Munshi.Bench.Importing;

/// <summary>Bringing an export into the vault, against binary COPY of the same rows into a bare table; and the same export once more.</summary>
internal static class ImportBench
{
    private const int Rounds = 3;
    private const double Wanted = 0.25;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int messages = options.Pick(100_000, 2_000);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        Installation installation = await munshi.OpenAsync(cancellationToken);
        (string warm, string anybody) = await ChatFile.WriteAsync(options.Directory, 0, 2_000, cancellationToken);
        await ImportedChat.AddAsync(installation, munshi.ClientId, warm, anybody, 2_000, cancellationToken);
        List<double> imported = [], copied = [], again = [];
        for (int round = 1; round <= Rounds; round++)
        {
            (string path, string contact) = await ChatFile.WriteAsync(options.Directory, round, messages, cancellationToken);
            imported.Add(messages / await SecondsAsync(() => ImportedChat.AddAsync(installation, munshi.ClientId, path, contact, messages, cancellationToken)));
            await SettledAsync(munshi, cancellationToken);
            copied.Add(messages / await CopyAsync(munshi, messages, cancellationToken));
            again.Add(messages / await SecondsAsync(() => ImportedChat.AddAsync(installation, munshi.ClientId, path, contact, messages, added: 0, cancellationToken)));
            await SettledAsync(munshi, cancellationToken);
            Console.Error.WriteLine($"round {round}: import {imported[^1]:F0}/s, COPY {copied[^1]:F0}/s, again {again[^1]:F0}/s");
        }

        Measure import = new("import: read, aligned, sealed, committed to, audited", "messages/s", imported);
        Measure copy = new("binary COPY of the same rows into a bare table", "messages/s", copied);
        return new Report(
            "Import",
            [
                $"A chat of {messages.ToString("#,0", CultureInfo.InvariantCulture)} messages, another one each round, by the class behind `munshi chat import`; the built server runs beside it and chains the events. {Rounds} rounds in turns.",
                "Against it: the rows of vault.message that came of it, as PostgreSQL's binary COPY gives them, written by COPY into a table of the same columns without index, constraint, trigger or policy, in one transaction, from memory.",
                "Again: the same file once more, of which nothing is new: every message is compared with what is kept, and seen.",
            ],
            [import, copy, import.Over(copy, "import over COPY", Wanted), new Measure("the same file again", "messages/s", again)]);
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        long began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Until every event is in the log, so that the next side has the machine.</summary>
    private static async Task SettledAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, cancellationToken);
        await ledgers.SignedAsync(cancellationToken);
    }

    /// <summary>How many seconds COPY takes for the newest rows.</summary>
    private static async Task<double> CopyAsync(RunningMunshi munshi, int messages, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await ExecuteAsync(admin, "CREATE TEMPORARY TABLE newest AS SELECT * FROM vault.message ORDER BY id DESC LIMIT " + messages.ToString(CultureInfo.InvariantCulture), cancellationToken);
        using MemoryStream rows = new();
        await using (NpgsqlRawCopyStream reader = await admin.BeginRawBinaryCopyAsync("COPY newest TO STDOUT (FORMAT binary)", cancellationToken))
        {
            await reader.CopyToAsync(rows, cancellationToken);
        }

        await ExecuteAsync(admin, "DROP TABLE newest", cancellationToken);
        await ExecuteAsync(admin, "CREATE DATABASE bare", cancellationToken);
        try
        {
            await using NpgsqlConnection bare = await munshi.AdminAsync("bare", cancellationToken);
            await ExecuteAsync(
                bare,
                """
                CREATE TABLE message (client_id uuid, id uuid, conversation_id uuid, identifier_id uuid, direction text, author text, kind text, source text, turn bigint,
                    at timestamptz, provider_at timestamptz, received_at timestamptz, key_id uuid, text_sealed bytea, raw_sealed bytea, refers_to bytea)
                """,
                cancellationToken);
            rows.Position = 0;
            return await SecondsAsync(async () =>
            {
                await using NpgsqlRawCopyStream writer = await bare.BeginRawBinaryCopyAsync("COPY message FROM STDIN (FORMAT binary)", cancellationToken);
                await rows.CopyToAsync(writer, cancellationToken);
            });
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(admin, "DROP DATABASE bare WITH (FORCE)", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
