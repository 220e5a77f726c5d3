using System.Globalization;
using Munshi.Bench.Groups;
using Munshi.CommandLine;

namespace Munshi.Bench.Verifying;

/// <summary>Verification from the database and of an export, against reading the rows and hashing the bytes, with and without records; and how it grows with the log, with the drain beside it.</summary>
internal static class VerifyBench
{
    private const string Chats = "chats";
    private const int EventsAtOnce = 1_000;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        int small = options.Pick(100_000, 15_000);
        int large = options.Pick(1_000_000, 30_000);
        int backlog = options.Pick(30_000, 12_000);
        int messages = options.Pick(30_000, 1_500);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        Installation installation = await munshi.OpenAsync(cancellationToken);
        VerifiedLogs logs = new(munshi, installation, options.Directory, rounds);

        VerifiedLog atSmall = await logs.GrowAsync(small, backlog, EventsAtOnce, cancellationToken);
        VerifiedLog atLarge = await logs.GrowAsync(large, backlog, EventsAtOnce, cancellationToken);
        Guid chats = await munshi.AddWorkspaceAsync(Chats, cancellationToken);
        (string path, string contact) = await ChatFile.WriteAsync(options.Directory, 1, messages, cancellationToken);
        await ImportedChat.AddAsync(installation, chats, path, contact, messages, cancellationToken);
        VerifiedLog withRecords = await logs.MeasureAsync(chats, messages, [], cancellationToken);

        return new Report(
            "Verification",
            [
                $"One log that grows to {Text(atSmall.Entries)} and then to {Text(atLarge.Entries)} entries, of acts without records: its verification is of entries, events, nodes and checkpoints. Another of {Text(withRecords.Entries)} entries, an imported chat of {Text(messages)} messages: each record is opened and compared too. {rounds} alternating rounds at each; the built server runs throughout.",
                "From the database: the class behind `munshi ledger verify`, in this process, as munshi_reader. Against it, binary COPY of the same rows by the same role, read and dropped: of ledger.entry, audit.event, ledger.node and ledger.checkpoint, and of the messages and their references.",
                "A core: rows for each second of processor time, of this process and of all of PostgreSQL together, on both sides.",
                $"Of an export: the built `munshi-verify`, its start included, on all cores; {Text(atLarge.Export.Bytes)}, and with records {Text(withRecords.Export.Bytes)} bytes. Against it, SHA-256 of the same bytes at once by libcrypto, one core, files in memory.",
                $"Drain: {Text(backlog)} events written while the sequencer was held, until the last is in the log, whose size they bring to the named one.",
                "10^7 entries are not measured here: filling, chaining and verifying them takes longer than a row may.",
            ],
            [
                .. atSmall.Measures(), .. atLarge.Measures(), .. withRecords.Measures(),
                .. atLarge.GrowthFrom(atSmall),
            ]);
    }

    private static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
