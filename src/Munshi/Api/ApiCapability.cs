using Microsoft.Extensions.Options;

namespace Munshi.Api;

/// <summary>What programs may ask, with a key of their workspace.</summary>
internal static class ApiCapability
{
    /// <summary>Everything below it wants a key.</summary>
    public const string Root = "/api";

    public const string Version1 = $"{Root}/v1";

    public static void AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(ApiOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<ProofFinder>();
        ApiDocument.Add(services);
    }

    /// <summary>Belongs after the frame's own middleware and before every endpoint.</summary>
    public static void UseApi(this WebApplication app) => app.UseMiddleware<ApiDoorkeeper>();

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup(Version1)
            .WithTags("ledger")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        ReadLog.Map(api);
        ListEntries.Map(api);
        ReadEntry.Map(api);
        ReadProof.Map(api);
        ReadConsistency.Map(api);
        SendMessage.Map(api);
        ReadDocument.Map(routes);
    }
}
