using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;
using Munshi.Intake;
using Munshi.Keyring;
using Munshi.Tests.Canary;
using Munshi.Tests.Keyring;
using Munshi.Tests.Postgres;
using Munshi.Workspaces;

namespace Munshi.Tests.Intake;

public sealed class DeliverySorterTests(PostgresTemplate postgres) : IDisposable
{
    private readonly KeyringBench _keyring = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_that_cannot_be_sorted_stays_and_holds_up_no_other()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        KeyCustodian custodian = _keyring.OpenFilled();
        Guid broken = custodian.Take();
        Guid whole = custodian.Take();
        await StoreAsync(database, [Delivery(custodian, whole, 1), Delivery(custodian, broken, 2), Delivery(custodian, whole, 3)]);
        await BreakAsync(broken);
        _keyring.Close();

        int sorted = await SortAsync(database);

        Assert.Equal(2, sorted);
        Assert.Equal(broken, await database.ScalarAsync<Guid>("SELECT key_id FROM intake.delivery WHERE sorted_at IS NULL"));
        Assert.Equal(2, await database.ScalarAsync<int>("SELECT count(*)::int FROM intake.delivery WHERE sorted_at IS NOT NULL AND problem IS NULL"));
    }

    [Fact]
    public async Task However_many_cannot_be_sorted_what_came_after_them_is()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        KeyCustodian custodian = _keyring.OpenFilled();
        Guid broken = custodian.Take();
        Guid whole = custodian.Take();
        await StoreAsync(database, [.. Enumerable.Range(1, 70).Select(i => Delivery(custodian, broken, i % 40)), Delivery(custodian, whole, 50)]);
        await BreakAsync(broken);
        _keyring.Close();

        Assert.Equal(1, await SortAsync(database));

        Assert.Equal(70, await database.ScalarAsync<int>("SELECT count(*)::int FROM intake.delivery WHERE sorted_at IS NULL"));
    }

    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(DeliverySorter.MostNamed + 5, DeliverySorter.MostNamed, 1)]
    public async Task What_cannot_be_sorted_is_told_once_however_often_it_is_tried(int count, int named, int more)
    {
        await using TestDatabase database = await postgres.CloneAsync();
        KeyCustodian custodian = _keyring.OpenFilled();
        Guid broken = custodian.Take();
        await StoreAsync(database, [.. Enumerable.Range(0, count).Select(i => Delivery(custodian, broken, i % 60))]);
        await BreakAsync(broken);
        _keyring.Close();
        using CapturedLog log = new();

        Assert.Equal(0, await SortAsync(database, log, looks: 3));

        string[] lines = log.Text.Split('\n');
        Assert.Equal(named, lines.Count(line => line.Contains("could not be sorted and is tried", StringComparison.Ordinal)));
        Assert.Equal(more, lines.Count(line => line.Contains("deliveries could not be sorted", StringComparison.Ordinal)));
    }

    public void Dispose() => _keyring.Dispose();

    private static SealedDelivery Delivery(KeyCustodian custodian, Guid keyId, int second)
    {
        Guid id = Guid.NewGuid();
        byte[] body = """{"object":"whatsapp_business_account","entry":[]}"""u8.ToArray();
        return new SealedDelivery(
            id, Guid.NewGuid(), new DateTimeOffset(2026, 11, 21, 9, 30, second, TimeSpan.Zero), keyId,
            SealedValue.Seal(custodian.Get(keyId), SealedDelivery.Context(id), body));
    }

    private static async Task StoreAsync(TestDatabase database, SealedDelivery[] deliveries)
    {
        using DeliveryWriter writer = new(database.Databases, new Precedence(TimeProvider.System), Options.Create(new IntakeOptions()), NullLogger<DeliveryWriter>.Instance);
        Task<bool>[] stored = [.. deliveries.Select(writer.StoreAsync)];
        await writer.StartAsync(Cancellation);
        Assert.All(await Task.WhenAll(stored), Assert.True);
        await writer.StopAsync(Cancellation);
    }

    /// <summary>As a disk does that returns other bytes than were written.</summary>
    private async Task BreakAsync(Guid keyId)
    {
        await using SqliteConnection connection = KeyringConnection.Open(_keyring.KeyFile);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE key SET wrapped = zeroblob(60) WHERE id = $id";
        command.Parameters.AddWithValue("$id", keyId.ToByteArray(bigEndian: true));
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
    }

    private async Task<int> SortAsync(TestDatabase database, CapturedLog? log = null, int looks = 1)
    {
        using LoggerFactory loggers = new(log is null ? [] : [log]);
        KeyCustodian custodian = _keyring.Open();
        DatabaseGate gate = new(database.Databases, NullLogger<DatabaseGate>.Instance);
        await gate.CheckAsync(Cancellation);
        using Wakeups wakeups = new(database.Databases, gate, NullLogger<Wakeups>.Instance);
        WorkspaceKeys keys = new(database.Databases.App, custodian);
        Numbers numbers = new(database.Databases, keys, custodian, TimeProvider.System);
        NumberAccounts accounts = new(database.Databases, numbers, custodian, TimeProvider.System);
        QuarantineRelease release = new(database.Databases, database.Databases.App, custodian, numbers, accounts, TimeProvider.System);
        using DeliverySorter sorter = new(
            database.Databases, custodian, numbers, accounts, release, gate, wakeups, new Precedence(TimeProvider.System), TimeProvider.System, loggers.CreateLogger<DeliverySorter>());
        int sorted = 0;
        for (int look = 0; look < looks; look++)
        {
            sorted += await sorter.SortAsync(Cancellation);
        }

        return sorted;
    }
}
