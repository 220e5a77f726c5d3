using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Tests.Audit.Export;

namespace Munshi.Tests.Audit.Adversary;

public sealed class ForkedHistoryTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private const long Rewritten = 3;

    [Fact]
    public async Task Two_exports_of_one_size_signed_with_the_real_key_are_told_apart_by_both_offline_verifiers()
    {
        string forged = Forge();

        Assert.All(await OfflineVerifier.BothAsync(forged), alone => Assert.Empty(alone.Findings)); // nothing shows it by itself
        foreach (Verdict verdict in (Verdict[])
            [
                .. await OfflineVerifier.BothAsync(exported.Whole, "--against", forged),
                .. await OfflineVerifier.BothAsync(forged, "--against", exported.Whole),
            ])
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Equal([("checkpoint", Rewritten, "fork")], verdict.Findings);
        }
    }

    [Fact]
    public async Task A_history_rewritten_and_signed_again_is_caught_by_both_offline_verifiers_by_an_older_export_or_its_checkpoint_alone()
    {
        string forged = Forge();

        Assert.All(await OfflineVerifier.BothAsync(forged, "--against", exported.Early), verdict => Assert.Equal([("checkpoint", Rewritten, "fork")], verdict.Findings));
        Assert.All(
            await OfflineVerifier.BothAsync(forged, "--against", Path.Combine(exported.Early, "checkpoint")),
            verdict => Assert.Equal([("checkpoint", (long?)null, "fork")], verdict.Findings));
    }

    private string Forge()
    {
        string forged = exported.NewDirectory();
        using LedgerIdentity identity = LedgerIdentity.Load(exported.Server.Get<DataDirectory>().Secrets);
        ForgedExport.Write(exported.Whole, forged, identity, Rewritten);
        return forged;
    }
}
