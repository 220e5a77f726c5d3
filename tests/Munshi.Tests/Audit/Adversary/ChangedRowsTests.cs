using Munshi.Audit;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>Leaves, rows and events changed by one who has the database: the verifier names the row.</summary>
public sealed class ChangedRowsTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task An_edited_leaf_is_named_by_the_verifier_with_the_hash_expected_and_found()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(4);
        string stored = await audited.Database.ScalarAsync<string>($"SELECT encode(row_hash, 'hex') FROM ledger.entry WHERE client_id = '{log}' AND seq = 2");
        await audited.TamperAsync($"UPDATE ledger.entry SET leaf = replace(leaf, 'received', 'receivex') WHERE client_id = '{log}' AND seq = 2");
        string changed = await audited.Database.ScalarAsync<string>(
            $"SELECT encode(sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')), 'hex') FROM ledger.entry WHERE client_id = '{log}' AND seq = 2");

        LedgerReport report = await audited.VerifyAsync();

        Assert.Equal([new LedgerFinding(log, 2, FindingKind.RowHash, changed, stored)], report.Findings);
    }

    [Fact]
    public async Task A_leaf_edited_together_with_its_hash_is_named_by_the_verifier_by_event_head_and_next_link()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(4);
        await audited.TamperAsync(
            $"""
            UPDATE ledger.entry SET leaf = replace(leaf, 'received', 'receivex') WHERE client_id = '{log}' AND seq = 2;
            UPDATE ledger.entry SET row_hash = sha256('\x00'::bytea || convert_to(leaf, 'UTF8')) WHERE client_id = '{log}' AND seq = 2
            """);

        Assert.Equal(
            [(2L, FindingKind.EventDiffers), (2L, FindingKind.HeadDiffers), (3L, FindingKind.Previous), (null, FindingKind.RecordUnknown)],
            await FoundAsync(audited, log));
    }

    [Fact]
    public async Task A_deleted_row_is_named_by_the_verifier_by_its_number()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(4);
        await audited.TamperAsync($"DELETE FROM ledger.entry WHERE client_id = '{log}' AND seq = 1");

        Assert.Equal([(1L, FindingKind.Gap), (1L, FindingKind.HeadMissing), (null, FindingKind.NotChained)], await FoundAsync(audited, log));
    }

    [Fact]
    public async Task A_deleted_last_row_is_named_by_the_verifier_by_the_heads_file_and_its_event()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(4);
        await audited.TamperAsync($"DELETE FROM ledger.entry WHERE client_id = '{log}' AND seq = 3");

        Assert.Equal([(3L, FindingKind.HeadMissing), (null, FindingKind.NotChained)], await FoundAsync(audited, log));
    }

    [Fact]
    public async Task A_swapped_pair_is_named_by_the_verifier_by_both_numbers()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(4);
        await audited.TamperAsync(
            $"""
            UPDATE ledger.entry SET seq = 1000 WHERE client_id = '{log}' AND seq = 1;
            UPDATE ledger.entry SET seq = 1 WHERE client_id = '{log}' AND seq = 2;
            UPDATE ledger.entry SET seq = 2 WHERE client_id = '{log}' AND seq = 1000
            """);

        (long? Seq, FindingKind Kind)[] found = await FoundAsync(audited, log);

        Assert.Contains((1L, FindingKind.Seq), found);
        Assert.Contains((2L, FindingKind.Seq), found);
    }

    [Fact]
    public async Task A_log_that_vanished_whole_with_its_events_is_named_by_the_verifier()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(2);
        await audited.TamperAsync(
            $"DELETE FROM ledger.entry WHERE client_id = '{log}'; DELETE FROM audit.event WHERE client_id = '{log}'; DELETE FROM workspace.workspace WHERE client_id = '{log}'");

        (long? Seq, FindingKind Kind)[] found = await FoundAsync(audited, log);

        Assert.Contains((0L, FindingKind.HeadMissing), found);
        Assert.Contains((1L, FindingKind.HeadMissing), found);
    }

    [Fact]
    public async Task An_inserted_row_that_links_right_is_named_by_the_verifier()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(2);
        await audited.TamperAsync(
            $"""
            INSERT INTO ledger.entry
            SELECT client_id, 2, 1000000, changed, sha256('\x00'::bytea || convert_to(changed, 'UTF8'))
            FROM ledger.entry, LATERAL (SELECT regexp_replace(replace(leaf, E'seq 1\n', E'seq 2\n'), 'previous [0-9a-f]+', 'previous ' || encode(row_hash, 'hex')) AS changed) c
            WHERE client_id = '{log}' AND seq = 1
            """);

        Assert.Equal([(2L, FindingKind.EventMissing), (2L, FindingKind.RecordTwice)], await FoundAsync(audited, log));
    }

    [Fact]
    public async Task A_second_row_for_one_event_is_named_by_the_verifier_when_the_key_that_forbids_it_was_dropped()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(2);
        await audited.TamperAsync(
            $"""
            ALTER TABLE ledger.entry DROP CONSTRAINT entry_event_id_key;
            INSERT INTO ledger.entry
            SELECT client_id, 2, event_id, changed, sha256('\x00'::bytea || convert_to(changed, 'UTF8'))
            FROM ledger.entry, LATERAL (SELECT regexp_replace(replace(leaf, E'seq 1\n', E'seq 2\n'), 'previous [0-9a-f]+', 'previous ' || encode(row_hash, 'hex')) AS changed) c
            WHERE client_id = '{log}' AND seq = 1
            """);

        Assert.Contains((2L, FindingKind.EventTwice), await FoundAsync(audited, log));
    }

    [Theory]
    [InlineData("at = at + interval '1 microsecond'")]
    [InlineData("at = 'infinity'")]
    [InlineData("actor = 'program:intake'")]
    [InlineData("action = 'message.queued'")]
    [InlineData("object = 'message:11112222-3333-4444-8555-666677778888'")]
    [InlineData("commitment = sha256(commitment)")]
    [InlineData("commitment = NULL")]
    [InlineData("ciphertext_hash = sha256(ciphertext_hash)")]
    public async Task An_edited_event_is_named_by_the_verifier_by_its_row(string change)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(3);
        await audited.TamperAsync("ALTER TABLE audit.event DROP CONSTRAINT event_at_check"); // it would refuse one of the changes
        await audited.TamperAsync($"UPDATE audit.event SET {change} WHERE id = (SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq = 1)");

        Assert.Equal([(1L, FindingKind.EventDiffers)], await FoundAsync(audited, log));
    }

    [Fact]
    public async Task A_deleted_event_is_named_by_the_verifier_by_its_row()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(3);
        await audited.TamperAsync($"DELETE FROM audit.event WHERE id = (SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq = 1)");

        Assert.Equal([(1L, FindingKind.EventMissing)], await FoundAsync(audited, log));
    }

    [Fact]
    public async Task Rows_inserted_before_the_first_and_after_every_number_are_named_by_the_verifier()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(2);
        await audited.TamperAsync(
            $"""
            ALTER TABLE ledger.entry DROP CONSTRAINT entry_seq_check;
            INSERT INTO ledger.entry SELECT client_id, -1, 1000000, leaf, row_hash FROM ledger.entry WHERE client_id = '{log}' AND seq = 0;
            INSERT INTO ledger.entry SELECT client_id, 9223372036854775807, 1000001, leaf, row_hash FROM ledger.entry WHERE client_id = '{log}' AND seq = 1
            """);

        (long? Seq, FindingKind Kind)[] found = await FoundAsync(audited, log);

        Assert.Contains((-1L, FindingKind.EventMissing), found);
        Assert.Contains((long.MaxValue, FindingKind.EventMissing), found);
    }

    private static async Task<(long? Seq, FindingKind Kind)[]> FoundAsync(AuditedDatabase audited, Guid log)
    {
        LedgerReport report = await audited.VerifyAsync();

        Assert.All(report.Findings, finding => Assert.Equal(log, finding.Log));
        return [.. report.Findings.Select(finding => (finding.Seq, finding.Kind))];
    }
}
