using Microsoft.Extensions.Logging.Console;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Keyring;

namespace Munshi.CommandLine;

/// <summary>An installation opened for one verb: beside a running server, or with the private cluster started for it and stopped after.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly ClusterLease _lease;
    private readonly ServiceProvider _services;

    private Installation(ClusterLease lease, ServiceProvider services)
    {
        _lease = lease;
        _services = services;
    }

    /// <exception cref="RefusalException">The cluster cannot be used, or the schema is not of this version.</exception>
    /// <param name="data">Where it is.</param>
    /// <param name="alsoClosed">Whether the verb may run while the database no longer carries its promises; only verification may.</param>
    /// <param name="cancellationToken">Honoured while starting.</param>
    public static async Task<Installation> OpenAsync(DataDirectory data, bool alsoClosed, CancellationToken cancellationToken)
    {
        RequireMade(data);
        return await OpenAsync(await AcquireAsync(data, Logging(), cancellationToken), data, alsoClosed, cancellationToken);
    }

    /// <summary>To look at what a removal would take away, also one that was broken off before it took anything.</summary>
    /// <exception cref="RefusalException">As for <see cref="OpenAsync(DataDirectory, bool, CancellationToken)"/>.</exception>
    internal static async Task<Installation> OpenForRemovalAsync(DataDirectory data, CancellationToken cancellationToken) =>
        await OpenAsync(await StartAsync(data, Logging(), cancellationToken), data, alsoClosed: true, cancellationToken);

    private static async Task<Installation> OpenAsync(ClusterLease lease, DataDirectory data, bool alsoClosed, CancellationToken cancellationToken)
    {
        try
        {
            DatabaseAddress address = Address(lease);
            RoleSecrets secrets = RoleSecrets.Load(data.Secrets);
            Databases databases = new(address, secrets);
            await SchemaVersion.RequireCurrentAsync(databases, cancellationToken);
            ServiceCollection services = new();
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables("MUNSHI__").Build());
            services.AddLogging(Configure);
            services.AddInstallation(data, databases);
            ServiceProvider provider = services.BuildServiceProvider();
            try
            {
                await RequireWholeAsync(provider, alsoClosed, cancellationToken);
            }
            catch
            {
                await provider.DisposeAsync();
                throw;
            }

            return new Installation(lease, provider);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _lease.DisposeAsync();
    }

    /// <summary>So that a mistyped directory makes no second installation.</summary>
    /// <exception cref="RefusalException">There is none, or one that is being removed.</exception>
    internal static void RequireMade(DataDirectory data)
    {
        InstallationRemoval.RequireNotBegun(data.Root);
        if (!Directory.Exists(Path.Combine(data.Root, "pg")))
        {
            throw new RefusalException($"There is no installation in {data.Root}. Was it started with --data? Say the same here. ./munshi migrate --data DIR makes a new one.");
        }
    }

    /// <summary>Starts the private cluster, or takes a share in the running one.</summary>
    /// <exception cref="RefusalException">With the sentence that says why not.</exception>
    internal static Task<ClusterLease> AcquireAsync(DataDirectory data, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        InstallationRemoval.RequireNotBegun(data.Root);
        return StartAsync(data, logging, cancellationToken);
    }

    private static async Task<ClusterLease> StartAsync(DataDirectory data, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        SecretsAccess.RequirePrivate(data);
        ManagedCluster cluster = new(data.Root, TimeProvider.System, logging.CreateLogger<ManagedCluster>());
        ClusterLease lease = await cluster.AcquireAsync(cancellationToken) switch
        {
            ClusterOutcome.Ready ready => ready.Lease,
            ClusterOutcome.Refused refused => throw new RefusalException(refused.Sentence),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        data.Create();
        return lease;
    }

    /// <exception cref="RefusalException">The database no longer carries its promises, or keys of it are gone.</exception>
    private static async Task RequireWholeAsync(ServiceProvider provider, bool alsoClosed, CancellationToken cancellationToken)
    {
        DatabaseGate gate = provider.GetRequiredService<DatabaseGate>();
        await gate.CheckAsync(cancellationToken);
        if (!gate.IsOpen && !alsoClosed)
        {
            string difference = gate.Differences.FirstOrDefault(one => one.Weakens)?.ToString() ?? "it could not be compared";
            throw new RefusalException($"Intake only: the database no longer carries its promises ({difference}).");
        }

        await provider.GetRequiredService<KeyringCheck>().RequireAsync(cancellationToken);
        provider.GetRequiredService<KeyCustodian>().Replenish();
    }

    internal static DatabaseAddress Address(ClusterLease lease) => new(lease.Location.SocketDirectory, lease.Location.Port, "munshi");

    internal static ILoggerFactory Logging() => LoggerFactory.Create(Configure);

    private static void Configure(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddSimpleConsole(options => (options.SingleLine, options.ColorBehavior) = (true, LoggerColorBehavior.Disabled))
        .Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
}
