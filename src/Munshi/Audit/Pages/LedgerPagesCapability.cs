using Munshi.Audit.Verifying;
using Munshi.Notices;

namespace Munshi.Audit.Pages;

/// <summary>The ledger in the dashboard.</summary>
internal static class LedgerPagesCapability
{
    public static IServiceCollection AddLedgerPages(this IServiceCollection services) => services
        .AddSingleton<LedgerKeys>()
        .AddSingleton<LedgerLog>()
        .AddSingleton<LedgerEntries>()
        .AddSingleton<LedgerHistory>()
        .AddSingleton<IDigestSection, LedgerDigest>()
        .AddScoped<LedgerScreen>();

    public static void MapLedgerPages(this IEndpointRouteBuilder routes) => ShowLedger.Map(routes);
}
