using Munshi.Audit.Checkpoints;
using Munshi.Audit.Export;
using Munshi.Audit.Restoring;
using Munshi.Audit.TimeStamping;
using Munshi.Audit.Verifying;
using Munshi.Audit.Witnesses;
using Munshi.Channels.Egress;
using Munshi.Database;
using Munshi.Database.Manifest;

namespace Munshi.Audit;

internal static class AuditCapability
{
    /// <summary>The sequencer, the recorder of heads and the signer of checkpoints as hosted services, and the verifier.</summary>
    /// <remarks>Needs <see cref="Databases"/>, the database's gate, <see cref="DataDirectory"/>, <see cref="HeadsLocation"/>, the configuration and <see cref="TimeProvider"/>.</remarks>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<LedgerHeads>()
        .AddSingleton<HeadsFile>()
        .AddSingleton<Sequencer>()
        .AddSingleton<SequencerLoad>()
        .AddSingleton<LedgerVerifier>()
        .AddSingleton<LedgerTrail>()
        .AddSingleton<LedgerExport>()
        .AddSingleton<HeadsService>()
        .AddSingleton(provider => LedgerOptions.Read(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton(provider => new LeafJournalLocation(
            provider.GetRequiredService<LedgerOptions>().LeavesDirectory ?? Path.Combine(provider.GetRequiredService<DataDirectory>().Checkpoints, "leaves")))
        .AddSingleton<LeafJournal>()
        .AddSingleton<InstanceCheckpointFile>()
        .AddSingleton<CheckpointState>()
        .AddSingleton(provider => WitnessPolicy.Read(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton(provider => WitnessHttp.Create(provider.GetRequiredService<WitnessPolicy>(), provider.GetRequiredService<EgressCounts>()))
        .AddSingleton<WitnessLinks>()
        .AddSingleton<CheckpointSigner>()
        .AddSingleton<NewOrigin>()
        .AddSingleton(provider => TimeStampingOptions.Read(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton(provider => TimeStampAuthority.Create(provider.GetRequiredService<TimeStampingOptions>(), provider.GetRequiredService<EgressCounts>()))
        .AddSingleton<TimeStamps>()
        .AddSingleton<RestoreCeremony>()
        .AddSingleton<VerifiedState>()
        .AddSingleton<VerificationHistory>()
        .AddSingleton<VerificationLeaves>()
        .AddSingleton<IGateCondition, SignedPast>()
        .AddSingleton<WitnessHearing>()
        .AddHostedService(provider => provider.GetRequiredService<WitnessHearing>())
        .AddHostedService<CosignatureService>()
        .AddHostedService<TimeStampService>()
        .AddHostedService<CheckpointService>() // stopped after the sequencer, so that its last entries are signed
        .AddHostedService(provider => provider.GetRequiredService<HeadsService>()) // stopped after the sequencer, so that its last heads are recorded
        .AddHostedService<SequencerService>()
        .AddHostedService<RollingCheckService>()
        .AddHostedService<ScrubService>();
}
