using System.Net;
using Microsoft.Extensions.Logging.Console;
using Munshi.Api;
using Munshi.Audit.Witnesses;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Health;
using Munshi.Import;
using Munshi.Intake;
using Munshi.Keyring;
using Munshi.Media;
using Munshi.Notices;
using Munshi.Responder;
using Munshi.Web;

namespace Munshi.CommandLine;

/// <summary>The server's parts, as a table of contents.</summary>
internal static class Server
{
    /// <summary>Enough for any form; an endpoint that takes more says so itself.</summary>
    private const int MaxRequestBodyBytes = 128 * 1024;

    /// <param name="data">The installation's data directory.</param>
    /// <param name="databases">Its roles' connections; the server disposes them.</param>
    /// <param name="lease">The server's share in the private cluster; null where somebody else keeps the cluster.</param>
    /// <param name="port">On the loopback addresses; 0 takes a free one.</param>
    /// <param name="settings">Further settings, <c>--Section:Name=value</c>.</param>
    public static WebApplication Build(DataDirectory data, Databases databases, ClusterLease? lease, int port, params string[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = settings, ApplicationName = "munshi", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("MUNSHI__");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            if (port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
            (console.SingleLine, console.ColorBehavior, console.TimestampFormat, console.UseUtcTimestamp) = (true, LoggerColorBehavior.Disabled, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", true));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Error);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddInstallation(data, databases);
        builder.Services.AddEgress(); // stopped after the jobs, so that their last calls are counted
        builder.Services.AddDatabase(lease);
        builder.Services.AddHostedService<KeyPoolFiller>();
        builder.Services.AddChannels(builder.Configuration);
        builder.Services.AddMedia();
        builder.Services.AddImportUploads();
        builder.Services.AddIntake(builder.Configuration);
        builder.Services.AddResponder();
        builder.Services.AddNotices(builder.Configuration);

        builder.AddDashboard(data);
        builder.Services.AddApi(builder.Configuration);

        WebApplication app = builder.Build();
        app.UseDashboard();
        app.UseApi();
        app.MapDashboard();
        app.MapApi();
        app.MapHealth();
        app.MapIntake();
        app.Services.GetRequiredService<WitnessHearing>().Begin();
        return app;
    }
}
