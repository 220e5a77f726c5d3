namespace Munshi.Bench.Audit;

/// <summary>What an audit event costs its act, and what the sequencer costs those who write.</summary>
internal static class AuditBench
{
    private const int Writers = 16;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        TimeSpan time = TimeSpan.FromSeconds(options.Pick(6, 1));
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        IReadOnlyList<BenchConversation> conversations = await Writing.ConversationsAsync(munshi, Writers, cancellationToken);
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, cancellationToken);

        List<Measure> measures = [];
        foreach ((string name, Writing.ActAsync act) in Writing.Acts)
        {
            List<double> alone = [], paused = [], working = [];
            await Writing.RunAsync(munshi.Databases.App, conversations, act, EventPlace.Outbox, time / 2, cancellationToken); // warm up
            for (int round = 0; round < rounds; round++)
            {
                // Every other round the other way round, so that a drift of the machine hits both sides.
                foreach (int side in round % 2 == 0 ? (int[])[0, 1, 2] : [2, 1, 0])
                {
                    await ledgers.CatchUpAsync(cancellationToken);
                    if (side == 2)
                    {
                        working.Add(await Writing.RunAsync(munshi.Databases.App, conversations, act, EventPlace.Outbox, time, cancellationToken));
                        continue;
                    }

                    await using SequencerPause pause = await SequencerPause.BeginAsync(munshi, cancellationToken);
                    (side == 0 ? alone : paused).Add(
                        await Writing.RunAsync(munshi.Databases.App, conversations, act, side == 1 ? EventPlace.Outbox : EventPlace.None, time, cancellationToken));
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
}
