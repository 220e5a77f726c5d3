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
        Option<int> port = PortOption.Build();
        Command command = new("serve", "Run the server until it is stopped") { data, port };
        command.OnRun((parsed, cancellationToken) => RunAsync(new DataDirectory(parsed.GetRequiredValue(data)), parsed.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DataDirectory data, int port, CancellationToken cancellationToken)
    {
        Installation.RequireMade(data);
        PortOption.RequireFree(port);
        using ILoggerFactory logging = Installation.Logging();
        await using ClusterLease lease = await Installation.AcquireAsync(data, logging, cancellationToken);
        Databases databases = new(Installation.Address(lease), RoleSecrets.Load(data.Secrets));
        await SchemaVersion.RequireCurrentAsync(databases, cancellationToken);
        await using WebApplication app = Server.Build(data, databases, lease, port);
        await app.Services.GetRequiredService<DatabaseGate>().CheckAsync(cancellationToken);
        await app.Services.GetRequiredService<KeyringCheck>().RequireAsync(cancellationToken);
        app.Services.GetRequiredService<KeyCustodian>().Replenish();
        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw PortOption.Taken(port);
        }

        return 0;
    }
}
