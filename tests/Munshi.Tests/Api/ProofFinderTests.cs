using Munshi.Api;
using Munshi.Audit.Pages;
using Munshi.Audit.Proving;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;
using Munshi.Vault;

namespace Munshi.Tests.Api;

public sealed class ProofFinderTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Found_not_signed_yet_not_there_and_damaged_are_told_apart()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(17);
        await signed.ActAsync(log);
        Guid other = await signed.Audited.AddWorkspaceAsync();
        ProofFinder finder = new(new ProofReader(signed.Databases), new LedgerLog(signed.Databases, new StatusNames(signed.Databases.App)), new MessagePlaces(signed.Databases.App));

        Assert.Equal(16, Assert.IsType<ProofFinding.Found>(await finder.OfEntryAsync(log, "16", Cancellation)).Proof.Seq);
        Assert.IsType<ProofFinding.NotSigned>(await finder.OfEntryAsync(log, "17", Cancellation));
        Assert.IsType<ProofFinding.NotThere>(await finder.OfEntryAsync(log, "18", Cancellation));
        Assert.IsType<ProofFinding.NotThere>(await finder.OfEntryAsync(other, "16", Cancellation));
        Assert.IsType<ProofFinding.NotThere>(await finder.OfMessageAsync(other, $"{Guid.NewGuid()}", Cancellation));
        Assert.IsType<ProofFinding.BadInput>(await finder.OfEntryAsync(log, "+16", Cancellation));
        Assert.IsType<ProofFinding.BadInput>(await finder.OfMessageAsync(log, "{00000000-0000-4000-8000-000000000001}", Cancellation));

        await signed.TamperAsync("node", "DELETE FROM ledger.node");
        Assert.IsType<ProofFinding.Damaged>(await finder.OfEntryAsync(log, "0", Cancellation));
    }
}
