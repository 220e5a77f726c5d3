using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Verifying;
using Munshi.Ledger.Erasures;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Erasures;

/// <summary>A signed log of a few acts, whose records a test destroys.</summary>
internal sealed class ErasedLedger : IAsyncDisposable
{
    private ErasedLedger(SignedDatabase signed, Guid log) => (Signed, Log) = (signed, log);

    public SignedDatabase Signed { get; }

    public Guid Log { get; }

    /// <summary>That many acts, entries from 0 on.</summary>
    public static async Task<ErasedLedger> CreateAsync(PostgresTemplate postgres, int acts)
    {
        SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        return new ErasedLedger(signed, await signed.FillAsync(acts));
    }

    public RecordedCase NewCase() => new(Signed.Audited.Database, Signed.Data, Log);

    /// <summary>An erasure of these entries, stored, told, chained and signed.</summary>
    public async Task<RecordedCase> RecordAsync(params EntryRange[] entries)
    {
        RecordedCase recorded = NewCase();
        await recorded.RecordAsync(entries);
        await ChainAsync();
        return recorded;
    }

    /// <summary>Six acts; a case names the last two, which are lost then with all that was signed over them; two further rows have their numbers; the case is told of again.</summary>
    public async Task<RecordedCase> ReplayAsync()
    {
        RecordedCase recorded = NewCase();
        ErasureRecord record = await recorded.OfAsync(new EntryRange(4, 5));
        string note = recorded.Sign(record);
        await Signed.BeginAnewAsync(Log, 4);
        await recorded.StoreAsync(note);
        await recorded.TellAsync(record.Commit());
        await ChainAsync();
        return recorded;
    }

    public async Task ChainAsync()
    {
        await using Sequencer sequencer = Signed.Audited.NewSequencer();
        await Signed.Audited.DrainAsync(sequencer);
        Assert.IsType<TickOutcome.Published>(await Signed.SignAsync());
    }

    /// <summary>The record's key, as it is once it was destroyed.</summary>
    public async Task DestroyKeyAsync(long seq) => Signed.Audited.Records.Change(
        Log,
        await RecordOfAsync(seq),
        evidence => evidence with { Commitment = null, KeyPresent = false, Opened = evidence.Opened! with { Record = null, Key = null } });

    /// <summary>The record itself.</summary>
    public async Task RemoveAsync(long seq) => Signed.Audited.Records.Remove(Log, await RecordOfAsync(seq));

    public async Task ChangeAsync(long seq, Func<Evidence, Evidence> change) => Signed.Audited.Records.Change(Log, await RecordOfAsync(seq), change);

    /// <summary>What a pass of the rolling check finds.</summary>
    public async Task<(long? Seq, FindingKind Kind)[]> RollingAsync(IEvidenceSource? records = null)
    {
        RollingCheck check = new(Signed.Databases, [records ?? Signed.Audited.Records], Signed.Data);
        return [.. (await check.PassAsync(TestContext.Current.CancellationToken)).Findings.Select(finding => (finding.Seq, finding.Kind))];
    }

    public ValueTask DisposeAsync() => Signed.DisposeAsync();

    private async Task<Guid> RecordOfAsync(long seq) => Assert.Single(await Signed.RowsAsync(
        $"SELECT substring(leaf FROM 'object message:([0-9a-f-]+)')::uuid FROM ledger.entry WHERE client_id = '{Log}' AND seq = {seq}", reader => reader.GetGuid(0)));
}
