using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Audit.Pages;
using Munshi.Audit.Proving;
using Munshi.Channels.Costs;
using Munshi.Channels.Health;
using Munshi.Database;
using Munshi.Import;
using Munshi.Intake.Deliveries;
using Munshi.Knowledge;
using Munshi.Media;
using Munshi.Notices;
using Munshi.Search;
using Munshi.Setup;
using Munshi.Vault;
using Munshi.Web.Live;

namespace Munshi.Web;

/// <summary>The dashboard as a whole: the frame, who may enter, the inbox, live updates.</summary>
internal static class DashboardCapability
{
    public static void AddDashboard(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.AddWeb();
        // The keys lie in a directory that only the service may enter; the framework warns that they are not encrypted there.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddDataProtection().SetApplicationName("munshi").PersistKeysToFileSystem(new DirectoryInfo(data.DataProtection));
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedProto); // from the proxy on this machine only
        builder.Services.AddDashboardAccess();
        builder.Services.AddSingleton<LedgerGauge>();
        builder.Services.AddLedgerPages();
        builder.Services.AddSingleton<SignalStreams>();
        builder.Services.AddInbox();
        builder.Services.AddSearch();
        builder.Services.AddKnowledgePages();
        builder.Services.AddSetup();
        builder.Services.AddNoticePages();
        builder.Services.AddCostPages();
        builder.Services.AddDeliveryPages();
    }

    public static void UseDashboard(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseWeb();
        app.UseAccess();
    }

    public static void MapDashboard(this WebApplication app)
    {
        app.MapWeb();
        app.MapAccess();
        app.MapInbox();
        app.MapSearch();
        app.MapMedia();
        app.MapImports();
        app.MapProofs();
        app.MapLedgerPages();
        app.MapKnowledge();
        app.MapSetup();
        app.MapNotices();
        app.MapCosts();
        SubscribeAgain.Map(app);
        app.MapDeliveries();
        StreamEvents.Map(app);
    }
}
