namespace Munshi.Audit.Proving;

/// <summary>Proofs for members, and the instance log for anyone.</summary>
internal static class ProvingCapability
{
    public static IServiceCollection AddProofs(this IServiceCollection services) => services
        .AddSingleton<ProofReader>()
        .AddSingleton<SignedEntries>()
        .AddSingleton<LogAttester>()
        .AddSingleton<TileReader>();

    public static void MapProofs(this IEndpointRouteBuilder routes)
    {
        ServeInstanceLog.Map(routes);
        ServeProof.Map(routes);
    }
}
