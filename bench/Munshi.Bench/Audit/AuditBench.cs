using System.Diagnostics;
using Munshi.Database;
using Npgsql;

namespace Munshi.Bench.Audit;

/// <summary>What an audit event costs its act, and what the sequencer costs those who write.</summary>
internal static class AuditBench
{
    private const int Writers = 16;

    private delegate Task ActAsync(WorkspaceDatabase database, BenchConversation conversation, bool withEvent, CancellationToken cancellationToken);

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        TimeSpan time = TimeSpan.FromSeconds(options.Pick(6, 1));
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        IReadOnlyList<BenchConversation> conversations = await ConversationsAsync(munshi, cancellationToken);
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, cancellationToken);

        List<Measure> measures = [];
        foreach ((string name, ActAsync act) in new (string, ActAsync)[] { ("store a message", Act.StoreMessageAsync), ("take a conversation over", Act.ChangeOwnerAsync) })
        {
            List<double> alone = [], paused = [], working = [];
            await WriteAsync(munshi, conversations, act, withEvent: true, time / 2, cancellationToken); // warm up
            for (int round = 0; round < rounds; round++)
            {
                // Every other round the other way round, so that a drift of the machine hits both sides.
                foreach (int side in round % 2 == 0 ? (int[])[0, 1, 2] : [2, 1, 0])
                {
                    await ledgers.CatchUpAsync(cancellationToken);
                    if (side == 2)
                    {
                        working.Add(await WriteAsync(munshi, conversations, act, withEvent: true, time, cancellationToken));
                        continue;
                    }

                    await using SequencerPause pause = await SequencerPause.BeginAsync(munshi, cancellationToken);
                    (side == 0 ? alone : paused).Add(await WriteAsync(munshi, conversations, act, withEvent: side == 1, time, cancellationToken));
                }
            }

            Measure actAlone = new($"{name}: alone", "/s", alone);
            Measure withEvent = new($"{name}: with its event, sequencer held", "/s", paused);
            Measure besideSequencer = new($"{name}: with its event, sequencer working", "/s", working);
            measures.AddRange(
            [
                actAlone, withEvent, besideSequencer,
                withEvent.Over(actAlone, $"{name}: with its event over alone", 0.85),
                besideSequencer.Over(withEvent, $"{name}: beside the sequencer over without", 0.9),
            ]);
        }

        return new Report(
            "An act and its audit event",
            [
                $"{Writers} writers without pause, each on a conversation of its own, through the program's own transaction; {rounds} rounds of {time.TotalSeconds:F0} s a side, every other round in reverse.",
                "Alone: the same act, its INSERT into audit.event taken out before the commit. The commitment is computed on both sides.",
                "The built server runs throughout with all its workers. Sequencer held: another session holds its lock, so that the server chains nothing; a backlog is chained before the next side begins.",
            ],
            measures);
    }

    /// <summary>Acts a second.</summary>
    private static async Task<double> WriteAsync(
        RunningMunshi munshi, IReadOnlyList<BenchConversation> conversations, ActAsync act, bool withEvent, TimeSpan time, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        long[] done = await Task.WhenAll(conversations.Select(conversation => Task.Run(
            async () =>
            {
                long count = 0;
                for (; Stopwatch.GetElapsedTime(began) < time; count++)
                {
                    await act(munshi.Databases.App, conversation, withEvent, cancellationToken);
                }

                return count;
            },
            cancellationToken)));
        return done.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<IReadOnlyList<BenchConversation>> ConversationsAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        foreach (int i in Enumerable.Range(0, Writers))
        {
            string customer = $"9190002{i:D5}";
            await munshi.NextFromBusinessAsync(http, customer, await munshi.WriteAsync(http, customer, "talk to a person", cancellationToken), cancellationToken);
        }

        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand list = new(
            """
            SELECT DISTINCT ON (c.id) c.client_id, c.id, i.id, k.key_id, p.person_id
            FROM vault.conversation c
            JOIN vault.identifier i ON i.client_id = c.client_id AND i.contact_id = c.contact_id
            JOIN vault.data_key k ON k.client_id = i.client_id AND k.identifier_id = i.id
            JOIN access.membership p ON p.client_id = c.client_id
            """,
            admin);
        await using NpgsqlDataReader reader = await list.ExecuteReaderAsync(cancellationToken);
        List<BenchConversation> conversations = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            conversations.Add(new BenchConversation(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetGuid(4)));
        }

        return conversations.Count == Writers ? conversations : throw new InvalidOperationException($"{conversations.Count} conversations instead of {Writers}.");
    }
}
