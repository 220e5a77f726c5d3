namespace Munshi.Audit;

internal static class AuditCapability
{
    /// <summary>The sequencer and the recorder of heads as hosted services, and the verifier.</summary>
    /// <remarks>Needs <see cref="Database.Databases"/>, the database's gate, <see cref="HeadsLocation"/> and <see cref="TimeProvider"/>.</remarks>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<LedgerHeads>()
        .AddSingleton<HeadsFile>()
        .AddSingleton<Sequencer>()
        .AddSingleton<LedgerVerifier>()
        .AddSingleton<HeadsService>()
        .AddHostedService(provider => provider.GetRequiredService<HeadsService>()) // stopped after the sequencer, so that its last heads are recorded
        .AddHostedService<SequencerService>();
}
