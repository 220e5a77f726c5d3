using Munshi.Database.WorkQueue;

namespace Munshi.Responder;

/// <summary>The first responder: policy, knowledge, outbox; every run recorded.</summary>
internal static class ResponderCapability
{
    public static IServiceCollection AddResponder(this IServiceCollection services) => services.AddSingleton<IJobHandler, TurnHandler>();
}
