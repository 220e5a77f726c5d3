using Microsoft.Extensions.Logging.Console;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Health;
using Munshi.Intake;
using Munshi.Keyring;
using Munshi.Responder;
using Munshi.Vault;

namespace Munshi.CommandLine;

/// <summary>The server's parts, as a table of contents.</summary>
internal static class Server
{
    public static WebApplication Build(DataDirectory data, Databases databases, ClusterLease? lease, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddEnvironmentVariables("MUNSHI__");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Error);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddInstallation(data, databases);
        builder.Services.AddDatabase(lease);
        builder.Services.AddHostedService<KeyPoolFiller>();
        builder.Services.AddVault();
        builder.Services.AddChannels(builder.Configuration);
        builder.Services.AddIntake();
        builder.Services.AddResponder();

        WebApplication app = builder.Build();
        app.MapHealth();
        app.MapIntake();
        return app;
    }
}
