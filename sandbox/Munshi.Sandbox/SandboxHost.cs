using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Graph;
using Munshi.Sandbox.Journal;
using Munshi.Sandbox.Mail;
using Munshi.Sandbox.Media;
using Munshi.Sandbox.Pages;
using Munshi.Sandbox.Phone;
using Munshi.Sandbox.Telling;
using Munshi.Sandbox.TimeStamping;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox;

/// <summary>The sandbox: Meta's Graph API, its webhooks, a customer's phone, a mail server and a time-stamping authority, on loopback. For the demo and tests only.</summary>
public sealed class SandboxHost
{
    internal const string DefaultUrls = "http://127.0.0.1:5081";

    private SandboxHost()
    {
    }

    /// <summary>Exit code 0 after a stop, 1 when the address or the data file cannot be used, 2 when a setting is wrong.</summary>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using WebApplication app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures));
            return 2;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JournalUnreadableException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>The server, not yet started; starting it validates the settings.</summary>
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultUrls);
        builder.Configuration["AllowedHosts"] = "127.0.0.1;localhost;[::1]";
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // request lines hold phone numbers
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // Main says it in one sentence
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1)); // long polls are cut off
        builder.Services.AddSingleton(TimeProvider.System);

        builder.Services.AddControl();
        builder.Services.AddJournal();
        builder.Services.AddWebhooks();
        builder.Services.AddGraph();
        builder.Services.AddMedia();
        builder.Services.AddPhone();
        builder.Services.AddMail();
        builder.Services.AddTimeStamping();

        WebApplication app = builder.Build();
        app.UseMiddleware<ForeignPages>();
        app.Use(NotFoundPage.InvokeAsync);
        app.MapPages();
        app.MapControl();
        TellFromPage.Map(app);
        app.MapGraph();
        app.MapMedia();
        app.MapPhone();
        app.MapMail();
        app.MapTimeStamping();
        return app;
    }
}
