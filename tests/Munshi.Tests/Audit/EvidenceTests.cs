using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

public sealed class EvidenceTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task A_changed_ciphertext_is_named_with_both_hashes()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await FillAsync(audited);
        byte[] changed = RandomNumberGenerator.GetBytes(32);
        byte[]? before = null;
        audited.Records.Change(log, record, evidence =>
        {
            before = evidence.CiphertextHash;
            return evidence with { CiphertextHash = changed, Commitment = null };
        });

        LedgerReport report = await audited.VerifyAsync();

        Assert.Equal([new LedgerFinding(log, 2, FindingKind.Ciphertext, Convert.ToHexStringLower(before!), Convert.ToHexStringLower(changed))], report.Findings);
    }

    [Fact]
    public async Task A_record_changed_outside_its_sealed_columns_is_named()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await FillAsync(audited);
        audited.Records.Change(log, record, evidence => evidence with { Commitment = RandomNumberGenerator.GetBytes(32) });

        Assert.Equal([(2L, FindingKind.Commitment)], await FoundAsync(audited));
    }

    [Fact]
    public async Task A_record_that_does_not_open_is_named()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await FillAsync(audited);
        audited.Records.Change(log, record, evidence => evidence with { Commitment = null });

        LedgerFinding finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((2L, FindingKind.Commitment, "the record does not open"), (finding.Seq, finding.Kind, finding.Found));
    }

    [Fact]
    public async Task A_missing_key_is_an_alarm()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await FillAsync(audited);
        audited.Records.Change(log, record, evidence => evidence with { Commitment = null, KeyPresent = false });

        Assert.Equal([(2L, FindingKind.KeyMissing)], await FoundAsync(audited));
    }

    [Fact]
    public async Task A_deleted_record_is_named_by_its_leaf()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await FillAsync(audited);
        audited.Records.Remove(log, record);

        Assert.Equal(
            [new LedgerFinding(log, 2, FindingKind.RecordMissing, $"message:{record}", "no such record")], (await audited.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task An_inserted_record_is_named_by_its_id()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await FillAsync(audited);
        Evidence inserted = new(Guid.NewGuid(), null, null, KeyPresent: true);
        audited.Records.Add(log, inserted);

        Assert.Equal(
            [new LedgerFinding(log, null, FindingKind.RecordUnknown, $"a leaf for message:{inserted.ObjectId}", "none")],
            (await audited.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_second_beginning_of_a_record_is_named()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await FillAsync(audited);
        await audited.Database.Databases.App.ExecuteAsync(
            log,
            [AuditTrail.Statement(log, AuditedDatabase.Received(new Evidence(record, null, null, true), TimeSpan.Zero))],
            TestContext.Current.CancellationToken);
        await audited.DrainAsync(audited.NewSequencer());

        Assert.Equal([(4L, FindingKind.RecordTwice)], await FoundAsync(audited));
    }

    [Fact]
    public async Task Acts_that_begin_no_record_need_none()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await FillAsync(audited);
        AuditEvent read = new(Actor.Operator, "message.read", "message", record, TimeProvider.System.GetUtcNow());
        AuditEvent opened = new(Actor.Operator, "conversation.opened", "conversation", Guid.NewGuid(), TimeProvider.System.GetUtcNow());
        await audited.Database.Databases.App.ExecuteAsync(
            log, [AuditTrail.Statement(log, read), AuditTrail.Statement(log, opened)], TestContext.Current.CancellationToken);
        await audited.DrainAsync(audited.NewSequencer());

        LedgerReport report = await audited.VerifyAsync();

        Assert.Equal((true, 10L), (report.IsOk, report.Entries));
    }

    [Fact]
    public async Task A_record_whose_event_waits_for_its_entry_is_no_finding()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await FillAsync(audited);
        await audited.ActAsync(log);

        LedgerReport report = await audited.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Pending);
    }

    [Fact]
    public async Task Records_written_while_the_verifier_reads_are_no_finding()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await FillAsync(audited);
        Sequencer sequencer = audited.NewSequencer();
        audited.Records.WhileReading = async () =>
        {
            await audited.ActAsync(log);
            await audited.DrainAsync(sequencer);
            await audited.ActAsync(log);
        };

        LedgerReport report = await audited.VerifyAsync();

        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task A_ledger_in_full_use_is_found_as_written()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid[] logs = [await audited.AddWorkspaceAsync(), await audited.AddWorkspaceAsync()];
        TableRecords records = new(audited.Database);
        await records.CreateAsync();
        using CancellationTokenSource finished = new();
        Sequencer sequencer = audited.NewSequencer();
        Task chaining = Task.Run(
            async () =>
            {
                while (!finished.IsCancellationRequested)
                {
                    await audited.DrainAsync(sequencer);
                }
            },
            TestContext.Current.CancellationToken);
        Task writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            while (!finished.IsCancellationRequested)
            {
                await records.ActAsync(logs[writer % 2]);
            }
        }));

        List<LedgerReport> reports = [];
        while (reports.Count < 10 || reports[^1].Entries < 500)
        {
            reports.Add(await audited.VerifyAsync(null, records));
        }

        await finished.CancelAsync();
        await Task.WhenAll(chaining, writing);
        Assert.Empty(reports.SelectMany(report => report.Findings));
    }

    /// <summary>Two workspaces with four records each; the third record of the first.</summary>
    private static async Task<(Guid Log, Guid Record)> FillAsync(AuditedDatabase audited)
    {
        (Guid log, _) = await audited.FillAsync(4);
        string target = await audited.Database.ScalarAsync<string>(
            $"SELECT v.object FROM audit.event v JOIN ledger.entry l ON l.event_id = v.id WHERE l.client_id = '{log}' AND l.seq = 2");
        return (log, Guid.ParseExact(target["message:".Length..], "D"));
    }

    private static async Task<(long? Seq, FindingKind Kind)[]> FoundAsync(AuditedDatabase audited) =>
        [.. (await audited.VerifyAsync()).Findings.Select(finding => (finding.Seq, finding.Kind))];
}
