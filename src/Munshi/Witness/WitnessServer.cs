using System.Net;
using Microsoft.Extensions.Logging.Console;
using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary>The witness and keeper as a server.</summary>
internal static class WitnessServer
{
    private const int MostConnections = 256;

    /// <param name="directory">Made, and locked by the caller.</param>
    /// <param name="signer">The witness's key; the server disposes of it.</param>
    /// <param name="logs">Known beside those of the directory's file.</param>
    /// <param name="listen">The address; null for the loopback addresses.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="clock">Tells the time of cosignatures.</param>
    /// <exception cref="CommandLine.RefusalException">What it keeps is damaged.</exception>
    public static WebApplication Build(
        WitnessDirectory directory, NoteSigner signer, IReadOnlyList<VerifierKey> logs, IPAddress? listen, int port, TimeProvider clock)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "munshi", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            if (listen is not null || port == 0)
            {
                kestrel.Listen(listen ?? IPAddress.Loopback, port);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
            (console.SingleLine, console.ColorBehavior, console.TimestampFormat, console.UseUtcTimestamp) = (true, LoggerColorBehavior.Disabled, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", true));
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);

        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(_ => signer); // made by a factory, so that the provider disposes it
        builder.Services.AddSingleton(directory);
        builder.Services.AddSingleton(provider => new KnownLogs(logs, directory, provider.GetRequiredService<ILogger<KnownLogs>>()));
        builder.Services.AddSingleton<CheckpointWitness>();
        builder.Services.AddSingleton<KeyKeeper>();

        WebApplication app = builder.Build();
        app.Services.GetRequiredService<KnownLogs>().Require();
        app.Services.GetRequiredService<CheckpointWitness>();
        app.Services.GetRequiredService<KeyKeeper>();
        app.MapGet("/healthz", () => TypedResults.Ok(new { status = "alive" }));
        AddCheckpoint.Map(app);
        ShowCosigned.Map(app);
        KeeperRoutes.Map(app);
        return app;
    }
}
