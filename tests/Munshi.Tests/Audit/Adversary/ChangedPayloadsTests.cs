using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>Payloads changed, taken away or slipped in: the verifier names the row that tells of them.</summary>
public sealed class ChangedPayloadsTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task An_edited_payload_is_named_by_the_verifier_with_both_hashes()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
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
    public async Task A_record_edited_outside_its_payload_is_named_by_the_verifier()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
        audited.Records.Change(log, record, evidence => evidence with { Commitment = RandomNumberGenerator.GetBytes(32) });

        Assert.Equal([(2L, FindingKind.Commitment)], await FoundAsync(audited));
    }

    [Fact]
    public async Task A_payload_that_does_not_open_is_named_by_the_verifier()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
        audited.Records.Change(log, record, evidence => evidence with { Commitment = null });

        LedgerFinding finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((2L, FindingKind.Commitment, "the record does not open"), (finding.Seq, finding.Kind, finding.Found));
    }

    [Fact]
    public async Task A_payload_whose_key_is_gone_is_an_alarm_of_the_verifier()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
        audited.Records.Change(log, record, evidence => evidence with { Commitment = null, KeyPresent = false });

        Assert.Equal([(2L, FindingKind.KeyMissing)], await FoundAsync(audited));
    }

    [Fact]
    public async Task A_deleted_record_is_named_by_the_verifier_by_its_leaf()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
        audited.Records.Remove(log, record);

        Assert.Equal(
            [new LedgerFinding(log, 2, FindingKind.RecordMissing, $"message:{record}", "no such record")], (await audited.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task An_inserted_record_is_named_by_the_verifier_by_its_id()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillToRecordAsync();
        Evidence inserted = new(Guid.NewGuid(), null, null, KeyPresent: true);
        audited.Records.Add(log, inserted);

        Assert.Equal(
            [new LedgerFinding(log, null, FindingKind.RecordUnknown, $"a leaf for message:{inserted.ObjectId}", "none")],
            (await audited.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_second_beginning_of_a_record_is_named_by_the_verifier()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, Guid record) = await audited.FillToRecordAsync();
        await audited.Database.Databases.App.ExecuteAsync(
            log,
            [AuditTrail.Statement(log, AuditedDatabase.Received(new Evidence(record, null, null, true), TimeSpan.Zero))],
            TestContext.Current.CancellationToken);
        await audited.DrainAsync(audited.NewSequencer());

        Assert.Equal([(4L, FindingKind.RecordTwice)], await FoundAsync(audited));
    }

    private static async Task<(long? Seq, FindingKind Kind)[]> FoundAsync(AuditedDatabase audited) =>
        [.. (await audited.VerifyAsync()).Findings.Select(finding => (finding.Seq, finding.Kind))];
}
