using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.CommandLine;

public sealed class InstallationServicesTests(PostgresTemplate postgres) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-services-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Whatever_a_verb_may_ask_for_can_be_made_without_a_server()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        DataDirectory data = new(_directory);
        data.Create();
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddInstallation(data, database.Databases);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Type[] asked = [.. services.Select(one => one.ServiceType).Where(type => !type.ContainsGenericParameters && type != typeof(Microsoft.Extensions.Hosting.IHostedService)).Distinct()];
        Assert.NotEmpty(asked);
        Assert.All(asked, type => Assert.NotNull(provider.GetServices(type).Last()));
    }
}
