using Munshi.Audit.Checkpoints;
using Munshi.Database.Manifest;
using Munshi.Ledger;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>What must never be signed over.</summary>
public sealed class SigningRefusalTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_rolled_back_to_yesterdays_backup_closes_the_gate_and_the_signer_signs_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(3);
        await signed.TamperAsync("instance_checkpoint", "DELETE FROM ledger.instance_checkpoint WHERE size > 2");
        await signed.TamperAsync("tick", "DELETE FROM ledger.tick WHERE seq > 1");

        await AssertRefusedAsync(signed, "instance log: 3 ticks were signed, and 2 are stored: the database is older than its last checkpoint");
    }

    [Fact]
    public async Task A_log_that_lost_signed_rows_is_not_signed_by_the_signer()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        await signed.TamperAsync("entry", $"DELETE FROM ledger.entry WHERE client_id = '{log}' AND seq = 2");

        await AssertRefusedAsync(signed, $"log {log}: 3 rows were signed, and 2 are stored");
    }

    [Fact]
    public async Task A_log_whose_signed_past_was_rewritten_is_not_signed()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(3);
        await signed.TamperAsync("entry", $"UPDATE ledger.entry SET row_hash = decode(repeat('5a', 32), 'hex') WHERE client_id = '{log}' AND seq = 1");
        await signed.Audited.ActAsync(log);
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());

        string refusal = Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason;
        Assert.StartsWith($"log {log}: at its signed size 3 the root was ", refusal, StringComparison.Ordinal);
        await AssertRefusedAsync(signed, refusal);
    }

    [Fact]
    public async Task Rows_that_do_not_continue_the_chain_are_not_signed()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(1);
        await signed.Audited.ActAsync(log);
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());
        await signed.TamperAsync("entry", $"UPDATE ledger.entry SET row_hash = decode(repeat('5a', 32), 'hex') WHERE client_id = '{log}' AND seq = 1");

        string refusal = Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason;
        Assert.StartsWith($"log {log}, row 1: expected ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rewritten_instance_log_is_not_signed()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(3);
        await signed.TamperAsync("tick", "UPDATE ledger.tick SET leaf_hash = decode(repeat('5a', 32), 'hex') WHERE seq = 1");

        string refusal = Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason;
        Assert.StartsWith("instance log: at its signed size 3 the root was ", refusal, StringComparison.Ordinal);
        await AssertRefusedAsync(signed, refusal);
    }

    [Fact]
    public async Task A_checkpoint_that_is_gone_from_its_second_place_stops_signing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(2);
        File.Delete(signed.FilePath);

        await AssertRefusedAsync(signed, "instance log: checkpoints/instance.checkpoint is missing, and 2 ticks were published: restore it from a copy");
    }

    [Fact]
    public async Task A_checkpoint_that_another_replaced_while_this_one_signs_stops_it()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(1);
        await using CheckpointSigner signer = signed.NewSigner();
        Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation));
        byte[] other = LedgerIdentity.Load(signed.Data.Secrets).Sign("shop.example/ledger", 9, Digest.Zero).Encode();
        await File.WriteAllBytesAsync(signed.FilePath, other, Cancellation);
        await signed.Audited.ActAsync(log);
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());

        Assert.Equal(
            "instance log: checkpoints/instance.checkpoint was replaced by somebody else",
            Assert.IsType<TickOutcome.Refused>(await signer.TickAsync(TimeSpan.Zero, Cancellation)).Reason);
        Assert.Equal(other, await File.ReadAllBytesAsync(signed.FilePath, Cancellation));
    }

    [Fact]
    public async Task Another_key_than_the_one_that_signed_before_signs_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        LedgerIdentity.Create(signed.Data.Secrets, "shop.example/ledger").Dispose();

        await AssertRefusedAsync(signed, "secrets/ledger-signing.key is not the key whose checkpoints stand in the database");
    }

    [Fact]
    public async Task A_key_that_is_missing_or_damaged_is_named_and_signs_nothing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        string path = Path.Combine(signed.Data.Secrets, "ledger-signing.key");
        await File.WriteAllTextAsync(path, "PRIVATE+KEY+nobody+00000000+AA==", Cancellation);
        Assert.Contains("ledger-signing.key or secrets/ledger-heads.key is damaged", Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Equal("secrets/ledger-signing.key is missing: restore it from a backup", Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason);
    }

    [Fact]
    public async Task A_checkpoint_by_nobody_we_know_closes_the_gate()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        byte[] note = await File.ReadAllBytesAsync(signed.FilePath, Cancellation);
        note[^5] ^= 1;
        await File.WriteAllBytesAsync(signed.FilePath, note, Cancellation);

        await AssertRefusedAsync(signed, "instance log: checkpoints/instance.checkpoint is no checkpoint of this installation's key");
    }

    [Fact]
    public async Task A_process_that_refused_and_then_finds_another_signing_closes_its_gate_no_longer()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        byte[] kept = await File.ReadAllBytesAsync(signed.FilePath, Cancellation);
        File.Delete(signed.FilePath);
        await using CheckpointSigner refused = signed.NewSigner();
        Assert.IsType<TickOutcome.Refused>(await refused.TickAsync(TimeSpan.Zero, Cancellation));
        await File.WriteAllBytesAsync(signed.FilePath, kept, Cancellation);
        await using CheckpointSigner other = signed.NewSigner();
        Assert.IsType<TickOutcome.Published>(await other.TickAsync(TimeSpan.Zero, Cancellation));
        signed.State.Refusal = "as it stood in the first process";

        Assert.IsType<TickOutcome.NotLeading>(await refused.TickAsync(TimeSpan.Zero, Cancellation));

        Assert.Null(await signed.Condition.RefusalAsync(Cancellation));
    }

    /// <summary>The signer refuses and the gate closes; also at a start, where the signer has said nothing yet and the instance log is what differs.</summary>
    private static async Task AssertRefusedAsync(SignedDatabase signed, string reason)
    {
        if (reason.StartsWith("instance log: ", StringComparison.Ordinal))
        {
            Assert.Equal(reason, await new SignedPast(signed.Databases, signed.File, new CheckpointState()).RefusalAsync(Cancellation));
        }

        Assert.Equal(reason, Assert.IsType<TickOutcome.Refused>(await signed.SignAsync()).Reason);
        Assert.Equal(reason, await signed.Condition.RefusalAsync(Cancellation));
        DatabaseGate gate = new(signed.Databases, Microsoft.Extensions.Logging.Abstractions.NullLogger<DatabaseGate>.Instance, [signed.Condition]);
        await gate.CheckAsync(Cancellation);
        Assert.False(gate.IsOpen);
        Assert.True(gate.CarriesPromises);
    }
}
