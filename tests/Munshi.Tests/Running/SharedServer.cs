using Munshi.Tests.Postgres;

namespace Munshi.Tests.Running;

/// <summary>One running server for the tests of a class, each with customers of its own.</summary>
public sealed class SharedServer(PostgresTemplate postgres) : IAsyncLifetime
{
    private int _customers;

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(postgres, CancellationToken.None);

    internal PostgresTemplate Postgres => postgres;

    /// <summary>A phone number no other test of the class has.</summary>
    public string NewCustomer() => $"91900000{Interlocked.Increment(ref _customers) + 2000}";

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
