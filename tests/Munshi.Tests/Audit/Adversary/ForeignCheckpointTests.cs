using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>A checkpoint signed with the real key whose root belongs to another log.</summary>
public sealed class ForeignCheckpointTests(PostgresTemplate postgres, ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private const string OthersRow =
        "UPDATE ledger.checkpoint c SET root = o.root, note = o.note, salt = o.salt, path = o.path, place = o.place, tick = c.tick FROM ledger.checkpoint o WHERE o.size = c.size AND c.client_id = '{0}' AND o.client_id = '{1}'";

    private const string OthersNote =
        "UPDATE ledger.checkpoint c SET note = o.note FROM ledger.checkpoint o WHERE o.size = c.size AND c.client_id = '{0}' AND o.client_id = '{1}'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OthersRow, nameof(FindingKind.Checkpoint))]
    [InlineData(OthersNote, nameof(FindingKind.CheckpointNote))]
    public async Task Another_workspaces_checkpoint_in_a_logs_place_is_named_by_the_verifier(string change, string kind)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        Guid other = await signed.FillAsync(3);
        await signed.TamperAsync("checkpoint", change.Replace("{0}", log.ToString(), StringComparison.Ordinal).Replace("{1}", other.ToString(), StringComparison.Ordinal));

        Assert.Contains((await signed.VerifyAsync()).Findings, finding => finding.Log == log && finding.Kind.ToString() == kind);
    }

    [Fact]
    public async Task Another_workspaces_root_signed_in_a_logs_own_name_stops_the_signer_when_the_log_grows()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        Guid other = await signed.FillAsync(3);
        await signed.TamperAsync("checkpoint", OthersRow.Replace("{0}", log.ToString(), StringComparison.Ordinal).Replace("{1}", other.ToString(), StringComparison.Ordinal));
        await signed.ActAsync(log);

        Assert.StartsWith($"log {log}: at its signed size 3 the root was ", Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspaces_checkpoint_in_the_place_of_the_last_signed_one_closes_the_gate_and_the_signer_signs_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        string note = (await signed.RowsAsync($"SELECT note FROM ledger.checkpoint WHERE client_id = '{log}' AND size = 3", reader => reader.GetString(0)))[0];
        await File.WriteAllTextAsync(signed.FilePath, note, Cancellation);

        const string Reason = "instance log: checkpoints/instance.checkpoint is no checkpoint of this installation's key";
        Assert.Equal((Reason, new TickOutcome.Refused(Reason)), (await signed.Condition.RefusalAsync(Cancellation), await signed.SignAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_export_with_another_logs_root_is_refused_by_both_offline_verifiers_at_its_checkpoint(bool inItsOwnName)
    {
        string copy = exported.Copy(exported.Whole);
        using LedgerIdentity identity = LedgerIdentity.Load(exported.Server.Get<DataDirectory>().Secrets);
        string origin = identity.OriginOf(inItsOwnName ? exported.Server.ClientId : Guid.NewGuid());
        await File.WriteAllBytesAsync(Path.Combine(copy, "checkpoint"), identity.Sign(origin, exported.Written.Size, Digest.Zero).Encode(), Cancellation);

        Assert.All(await OfflineVerifier.BothAsync(copy), verdict => Assert.Contains(verdict.Findings, finding => finding.File == "checkpoint"));
    }
}
