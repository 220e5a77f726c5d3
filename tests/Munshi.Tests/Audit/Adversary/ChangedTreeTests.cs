using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Ledger;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>What the verifier says of nodes, checkpoints and the instance log, when a superuser has been at them.</summary>
public sealed class ChangedTreeTests(PostgresTemplate postgres)
{
    private const string OtherHash = "decode(repeat('5a', 32), 'hex')";

    [Theory]
    [InlineData("node", "UPDATE ledger.node SET hashes = decode(repeat('5a', 480), 'hex')", nameof(FindingKind.Node), "the hashes of node 0/0", "others")]
    [InlineData("node", "DELETE FROM ledger.node", nameof(FindingKind.Node), "node 0/0", "none")]
    [InlineData("node", "INSERT INTO ledger.node SELECT client_id, 1, 0, hashes FROM ledger.node", nameof(FindingKind.Node), "no node above rows that are not there", "node 1/0")]
    [InlineData("tick_node", "DELETE FROM ledger.tick_node", nameof(FindingKind.Node), "tick node 0/0", "none")]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint SET root = " + OtherHash + " WHERE size = 5", nameof(FindingKind.Checkpoint), null, null)]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint SET note = replace(note, 'shop', 'stop') WHERE size = 5", nameof(FindingKind.CheckpointNote), "the signed checkpoint of size 5", "a note of another checkpoint")]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint c SET note = (SELECT note FROM ledger.checkpoint o WHERE o.client_id = c.client_id AND o.size = 6) WHERE size = 5", nameof(FindingKind.CheckpointNote), "the signed checkpoint of size 5", "a note of another checkpoint")]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint SET salt = " + OtherHash + " WHERE size = 5", nameof(FindingKind.CheckpointOpening), "the head to which tick 4 commits", "another, or an opening that does not lead to it")]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint SET tick = tick + 100", nameof(FindingKind.CheckpointOpening), null, null)]
    [InlineData("tick", "UPDATE ledger.tick SET leaf = overlay(leaf placing CASE substr(leaf, strpos(leaf, 'heads ') + 6, 1) WHEN '0' THEN '1' ELSE '0' END from strpos(leaf, 'heads ') + 6) WHERE seq = 3", nameof(FindingKind.Tick), null, null)]
    [InlineData("tick", "UPDATE ledger.tick SET leaf_hash = " + OtherHash + " WHERE seq = 3", nameof(FindingKind.Tick), null, null)]
    [InlineData("tick", "DELETE FROM ledger.tick WHERE seq = 3", nameof(FindingKind.Tick), null, null)]
    [InlineData("instance_checkpoint", "UPDATE ledger.instance_checkpoint SET root = " + OtherHash + " WHERE size = 3", nameof(FindingKind.Checkpoint), null, null)]
    [InlineData("instance_checkpoint", "UPDATE ledger.instance_checkpoint SET note = overlay(note placing CASE substr(note, length(note) - 8, 1) WHEN 'A' THEN 'B' ELSE 'A' END from length(note) - 8) WHERE size = 3", nameof(FindingKind.CheckpointNote), "the signed checkpoint of size 3", null)]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint SET frontier = set_byte(frontier, 3, get_byte(frontier, 3) # 1) WHERE size = 5", nameof(FindingKind.Node), "the subtrees of the checkpoint of size 5", "others")]
    [InlineData("checkpoint", "UPDATE ledger.checkpoint SET frontier = substr(frontier, 33) WHERE size = 5", nameof(FindingKind.Node), "the subtrees of the checkpoint of size 5", "others")]
    [InlineData("instance_checkpoint", "UPDATE ledger.instance_checkpoint SET frontier = set_byte(frontier, 3, get_byte(frontier, 3) # 1) WHERE size = 3", nameof(FindingKind.Node), "the subtrees of the checkpoint of size 3", "others")]
    [InlineData("identity", "UPDATE ledger.identity SET vkey = replace(vkey, 'shop', 'stop')", nameof(FindingKind.SigningKey), null, "another key in ledger.identity")]
    [InlineData("entry", "DELETE FROM ledger.entry WHERE seq > 15", nameof(FindingKind.Checkpoint), "18 rows, as signed", "16 rows")]
    [InlineData("tick", "DELETE FROM ledger.tick WHERE seq > 15", nameof(FindingKind.SignedLast), null, "16 ticks")]
    public async Task What_was_changed_is_named_by_the_verifier(string table, string change, string kind, string? expected, string? found)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(18);
        string before = await signed.DigestAsync(table);
        await signed.TamperAsync(table, change);
        Assert.NotEqual(before, await signed.DigestAsync(table));

        LedgerReport report = await signed.VerifyAsync();

        Assert.False(report.IsOk);
        Assert.Contains(report.Findings, finding => finding.Kind.ToString() == kind && (expected is null || finding.Expected == expected) && (found is null || finding.Found == found));
    }

    [Fact]
    public async Task A_last_checkpoint_that_is_gone_or_another_logs_is_named_by_the_verifier()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(2);
        using LedgerIdentity identity = LedgerIdentity.Load(signed.Data.Secrets);
        await File.WriteAllBytesAsync(signed.FilePath, identity.Sign("shop.example/other", 2, Digest.Zero).Encode(), TestContext.Current.CancellationToken);
        Assert.Equal([FindingKind.SignedLast], (await signed.VerifyAsync()).Findings.Select(finding => finding.Kind));
        File.Delete(signed.FilePath);
        Assert.Equal([FindingKind.SignedLast], (await signed.VerifyAsync()).Findings.Select(finding => finding.Kind));
    }
}
