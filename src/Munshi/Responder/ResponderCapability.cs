using Munshi.Audit;
using Munshi.Database.WorkQueue;

namespace Munshi.Responder;

/// <summary>The first responder: policy, knowledge, outbox; every run recorded.</summary>
internal static class ResponderCapability
{
    public static IServiceCollection AddResponder(this IServiceCollection services) => services
        .AddSingleton<IJobHandler, TurnHandler>()
        .AddSingleton<ReplySources>()
        .AddSingleton<HandOffReader>();

    /// <summary>What the ledger's verifier checks the runs by.</summary>
    public static IServiceCollection AddResponderEvidence(this IServiceCollection services) => services
        .AddSingleton<IEvidenceSource, AgentRunEvidence>()
        .AddSingleton<IEvidenceSource, HandOffEvidence>()
        .AddSingleton<IEvidenceSource, AnswerOutcomeEvidence>();
}
