using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Verifying;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Verifying;

/// <summary>A log of three ranges, the last not full, with a checkpoint in the first range and one at the end.</summary>
public sealed class RangedVerificationTests(PostgresTemplate postgres)
{
    private const int Rows = (2 * LogRange.Rows) + 5_000;
    private const string EventOf = "(SELECT event_id FROM ledger.entry WHERE client_id = '{0}' AND seq = ";

    [Fact]
    public async Task A_log_of_several_ranges_is_found_as_written()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await FillAsync(signed);

        LedgerReport report = await signed.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((Rows, 0L), (report.Entries, report.Pending));
    }

    [Theory]
    [InlineData("entry", "UPDATE ledger.entry SET row_hash = decode(repeat('5a', 32), 'hex') WHERE seq = 16383", "16383 RowHash, 16384 Previous")]
    [InlineData("entry", "UPDATE ledger.entry SET row_hash = decode(repeat('5a', 32), 'hex') WHERE seq = 16384", "16384 RowHash, 16385 Previous")]
    [InlineData("entry", "UPDATE ledger.entry SET leaf = replace(leaf, 'written', 'writteN') WHERE seq = 32768", "32767 Checkpoint?, 32768 LeafForm")]
    [InlineData("entry", "UPDATE ledger.entry SET event_id = CASE seq WHEN 3 THEN " + EventOf + "30000) ELSE " + EventOf + "3) END WHERE seq IN (3, 30000)", "3 EventDiffers, 30000 EventDiffers")]
    [InlineData("node", "UPDATE ledger.node SET hashes = decode(repeat('5a', 480), 'hex') WHERE height = 2 AND index = 5", "20480 Node")]
    [InlineData("node", "DELETE FROM ledger.node WHERE height = 0 AND index = 2100", "33600 Node")]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint SET salt = decode(repeat('5a', 32), 'hex') WHERE size = 10000", "9999 CheckpointOpening")]
    public async Task What_was_changed_in_any_range_is_named_where_it_lies_and_nothing_else_is(string table, string change, string expected)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await FillAsync(signed);
        string lifted = table == "entry" ? "ALTER TABLE ledger.entry DROP CONSTRAINT entry_event_id_key; " : ""; // it would refuse the swap half-way
        await signed.TamperAsync(table, lifted + change.Replace("{0}", log.ToString(), StringComparison.Ordinal));

        LedgerReport report = await signed.VerifyAsync();

        string[] wanted = [.. expected.Split(", ").Where(one => !one.EndsWith('?'))];
        Assert.Equal(wanted, report.Findings.Where(finding => finding.Kind is not (FindingKind.Checkpoint or FindingKind.Node) || table != "entry").Select(finding => $"{finding.Seq} {finding.Kind}"));
    }

    [Fact]
    public async Task A_row_missing_between_two_ranges_is_a_gap_and_its_event_waits()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await FillAsync(signed);
        await signed.TamperAsync("entry", "DELETE FROM ledger.entry WHERE seq = 16384");

        LedgerReport report = await signed.VerifyAsync();

        Assert.Contains(report.Findings, finding => (finding.Seq, finding.Kind) == (16384, FindingKind.Gap));
        Assert.Contains(report.Findings, finding => finding.Kind == FindingKind.NotChained);
        Assert.Equal((Rows - 1L, 1L), (report.Entries, report.Pending));
    }

    [Fact]
    public async Task An_event_that_is_gone_is_named_by_its_row_in_any_range()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await FillAsync(signed);
        await signed.Audited.TamperAsync($"DELETE FROM audit.event WHERE id = (SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq = 20000)");

        Assert.Equal([(20000L, FindingKind.EventMissing)], (await signed.VerifyAsync()).Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
    }

    [Fact]
    public async Task Events_without_a_row_are_counted_to_the_last_however_many_wait()
    {
        const int Waiting = RangeSession.MostEvents + 100;
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.Audited.AddWorkspaceAsync();
        await signed.Audited.Database.AsSuperuserAsync(
            $"""
            INSERT INTO audit.event (client_id, at, actor, action, object)
            SELECT '{log}', now(), 'program:intake', 'note.written', 'note:' || gen_random_uuid() FROM generate_series(1, {Waiting})
            """);

        LedgerReport report = await signed.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((0L, (long)Waiting), (report.Entries, report.Pending));
    }

    private static async Task<Guid> FillAsync(SignedDatabase signed)
    {
        Guid log = await signed.Audited.AddWorkspaceAsync();
        await using Sequencer sequencer = signed.Audited.NewSequencer();
        foreach (int events in (int[])[10_000, Rows - 10_000])
        {
            await signed.Audited.Database.AsSuperuserAsync(
                $"""
                INSERT INTO audit.event (client_id, at, actor, action, object)
                SELECT '{log}', now() - interval '2 minutes', 'program:intake', 'note.written', 'note:' || gen_random_uuid() FROM generate_series(1, {events})
                """);
            await signed.Audited.DrainAsync(sequencer);
            while (await signed.SignAsync() is TickOutcome.Published { IsBehind: true })
            {
            }
        }

        Assert.Equal(Rows, await signed.Audited.Database.ScalarAsync<long>("SELECT max(size) FROM ledger.checkpoint"));
        return log;
    }
}
