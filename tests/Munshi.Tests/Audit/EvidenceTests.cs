using Munshi.Audit;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

public sealed class EvidenceTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task Acts_that_begin_no_record_need_none()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
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
        (Guid log, _) = await audited.FillToRecordAsync();
        await audited.ActAsync(log);

        LedgerReport report = await audited.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Pending);
    }

    [Fact]
    public async Task Records_written_while_the_verifier_reads_are_no_finding()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillToRecordAsync();
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
}
