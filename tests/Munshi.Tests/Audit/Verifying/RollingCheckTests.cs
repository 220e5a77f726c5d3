using Munshi.Audit;
using Munshi.Audit.Verifying;
using Munshi.Tests.Database.WorkQueue;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Verifying;

public sealed class RollingCheckTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_looks_at_every_row_of_every_log_and_finds_nothing_in_what_is_as_written()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await audited.FillAsync(5);
        RollingCheck check = new(audited.Database.Databases, [audited.Records], audited.Data);

        (long entries, IReadOnlyList<LedgerFinding> findings, bool isRound) = await check.PassAsync(Cancellation);

        Assert.Equal((20L, true), (entries, isRound)); // the ends of both logs, and then the round
        Assert.Empty(findings);
        Assert.Equal((20L, true), ((await check.PassAsync(Cancellation)) is var (again, _, round) ? (again, round) : default));
    }

    [Theory]
    [InlineData("UPDATE ledger.entry SET leaf = replace(leaf, 'received', 'receivex') WHERE client_id = '{0}' AND seq = 3", nameof(FindingKind.RowHash), 3L)]
    [InlineData("UPDATE ledger.entry SET row_hash = decode(repeat('5a', 32), 'hex') WHERE client_id = '{0}' AND seq = 3", nameof(FindingKind.RowHash), 3L)]
    [InlineData("DELETE FROM ledger.entry WHERE client_id = '{0}' AND seq = 3", nameof(FindingKind.Gap), 3L)]
    [InlineData("UPDATE audit.event SET action = 'message.withdrawn' WHERE client_id = '{0}' AND id = (SELECT event_id FROM ledger.entry WHERE client_id = '{0}' AND seq = 3)", nameof(FindingKind.EventDiffers), 3L)]
    [InlineData("DELETE FROM audit.event WHERE client_id = '{0}' AND id = (SELECT event_id FROM ledger.entry WHERE client_id = '{0}' AND seq = 3)", nameof(FindingKind.EventMissing), 3L)]
    public async Task A_changed_row_is_named_by_the_next_pass_also_when_the_log_has_not_grown(string change, string kind, long seq)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(6);
        RollingCheck check = new(audited.Database.Databases, [audited.Records], audited.Data);
        Assert.Empty((await check.PassAsync(Cancellation)).Findings);

        await audited.TamperAsync(change.Replace("{0}", log.ToString(), StringComparison.Ordinal));

        LedgerFinding first = (await check.PassAsync(Cancellation)).Findings[0];
        Assert.Equal((kind, log, (long?)seq), (first.Kind.ToString(), first.Log, first.Seq));
    }

    [Theory]
    [InlineData("removed", nameof(FindingKind.RecordMissing))]
    [InlineData("text", nameof(FindingKind.Ciphertext))]
    [InlineData("columns", nameof(FindingKind.Commitment))]
    public async Task A_changed_record_of_a_new_row_is_named_by_the_next_pass(string change, string kind)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(3);
        RollingCheck check = new(audited.Database.Databases, [audited.Records], audited.Data);
        Assert.Empty((await check.PassAsync(Cancellation)).Findings);
        Guid record = await audited.ActAsync(log);
        await using Sequencer sequencer = audited.NewSequencer();
        await audited.DrainAsync(sequencer);

        if (change == "removed")
        {
            audited.Records.Remove(log, record);
        }
        else
        {
            audited.Records.Change(log, record, stands => change == "text" ? stands with { CiphertextHash = new byte[32] } : stands with { Commitment = new byte[32] });
        }

        LedgerFinding found = Assert.Single((await check.PassAsync(Cancellation)).Findings);
        Assert.Equal((kind, log, (long?)3), (found.Kind.ToString(), found.Log, found.Seq));
    }

    [Fact]
    public async Task Where_more_logs_grow_than_a_pass_looks_at_the_next_pass_begins_with_the_others()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await using Sequencer sequencer = audited.NewSequencer();
        Dictionary<Guid, Guid> records = [];
        for (int logs = 0; logs < (RollingCheck.RowsAPass / 2 / RollingCheck.TailRows) + 2; logs++)
        {
            Guid log = await audited.AddWorkspaceAsync();
            records[log] = Guid.Empty;
            await audited.Database.AsSuperuserAsync(
                $"""
                INSERT INTO audit.event (client_id, at, actor, action, object)
                SELECT '{log}', now(), 'program:intake', 'note.written', 'note:' || gen_random_uuid() FROM generate_series(1, {RollingCheck.TailRows})
                """);
        }

        await audited.DrainAsync(sequencer);
        RollingCheck check = new(audited.Database.Databases, [audited.Records], audited.Data);
        Assert.Empty((await check.PassAsync(Cancellation)).Findings);
        foreach (Guid log in records.Keys)
        {
            records[log] = await audited.ActAsync(log);
        }

        await audited.DrainAsync(sequencer);
        Guid last = records.Keys.Max();
        audited.Records.Remove(last, records[last]);

        LedgerFinding found = Assert.Single((await check.PassAsync(Cancellation)).Findings);
        Assert.Equal((FindingKind.RecordMissing, last), (found.Kind, found.Log));
    }

    [Fact]
    public async Task A_record_that_was_looked_at_before_is_looked_at_again()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
        RollingCheck check = new(audited.Database.Databases, [audited.Records], audited.Data);
        Assert.Empty((await check.PassAsync(Cancellation)).Findings);

        audited.Records.Change(log, record, stands => stands with { Commitment = new byte[32] });

        Assert.Equal(FindingKind.Commitment, Assert.Single((await check.PassAsync(Cancellation)).Findings).Kind);
    }

    [Fact]
    public async Task A_result_from_the_future_hides_none_that_was_found()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        DateTimeOffset now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);
        VerificationHistory history = new(audited.Database.Databases, new ManualClock(now));
        VerificationRecord bad = new(Guid.NewGuid(), now, VerificationScope.Full, 8, 2, new LedgerFinding(Guid.NewGuid(), 4, FindingKind.RowHash, "aa", "bb"));
        await history.AddAsync(bad, Cancellation);

        await history.AddAsync(new VerificationRecord(Guid.NewGuid(), now.AddYears(73), VerificationScope.Full, 8, 0, null), Cancellation);

        Assert.Equal(bad, await history.NewestAsync(VerificationScope.Full, Cancellation));
    }

    [Fact]
    public async Task What_a_verification_came_to_is_kept_and_read_back()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        DateTimeOffset now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);
        VerificationHistory history = new(audited.Database.Databases, new ManualClock(now.AddHours(2)));
        VerificationRecord good = new(Guid.NewGuid(), now, VerificationScope.Full, 7, 0, null);
        VerificationRecord bad = new(Guid.NewGuid(), now.AddHours(1), VerificationScope.Full, 8, 2, new LedgerFinding(Guid.NewGuid(), 4, FindingKind.RowHash, "aa", "bb"));

        Assert.Null(await history.NewestAsync(VerificationScope.Full, Cancellation));
        await history.AddAsync(good, Cancellation);
        Assert.Equal(good, await history.NewestAsync(VerificationScope.Full, Cancellation));
        await history.AddAsync(bad, Cancellation);
        Assert.Equal(bad, await history.NewestAsync(VerificationScope.Full, Cancellation));
        Assert.Null(await history.NewestAsync(VerificationScope.Tail, Cancellation));
    }
}
