using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Keyring;

namespace Munshi.CommandLine;

/// <summary><c>munshi serve</c>: the server.</summary>
internal static class ServeVerb
{
    public static Command Build()
    {
        Option<string> data = VerbOptions.Data();
        Option<int> port = new("--port") { Description = "Where dashboard and webhooks are served, on this machine only", DefaultValueFactory = _ => 5080 };
        Command command = new("serve", "Run the server until it is stopped") { data, port };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await RunAsync(new DataDirectory(parsed.GetRequiredValue(data)), parsed.GetValue(port), cancellationToken);
            }
            catch (RefusalException refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(DataDirectory data, int port, CancellationToken cancellationToken)
    {
        Installation.RequireMade(data);
        using ILoggerFactory logging = Installation.Logging();
        await using ClusterLease lease = await Installation.AcquireAsync(data, logging, cancellationToken);
        Databases databases = new(Installation.Address(lease), RoleSecrets.LoadOrCreate(data.Secrets));
        await SchemaVersion.RequireCurrentAsync(databases, cancellationToken);
        await using WebApplication app = Server.Build(data, databases, lease, port);
        await app.Services.GetRequiredService<DatabaseGate>().CheckAsync(cancellationToken);
        app.Services.GetRequiredService<KeyCustodian>().Replenish();
        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new RefusalException($"Port {port} is taken by another program; choose another with --port.");
        }

        return 0;
    }
}
