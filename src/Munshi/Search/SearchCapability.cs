using Munshi.Search.Feeding;
using Munshi.Search.Finding;
using Munshi.Search.Index;

namespace Munshi.Search;

/// <summary>Search over a workspace's messages and people.</summary>
internal static class SearchCapability
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<IndexFolder>();
        services.AddSingleton<SearchKeys>();
        services.AddSingleton<SearchProgress>();
        services.AddSingleton<IndexFeeder>();
        services.AddHostedService<FeedService>();
        services.AddSingleton<MessageSearch>();
        services.AddSingleton<SearchScreen>();
        return services;
    }

    public static void MapSearch(this IEndpointRouteBuilder routes) => ShowSearch.Map(routes);
}
