using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Intake;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Intake;

public sealed class DeliveryWriterTests(PostgresTemplate postgres)
{
    private const int Capacity = 4096;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_that_finds_4096_waiting_is_turned_away_at_once()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        using DeliveryWriter writer = Writer(database);
        Task<bool>[] waiting = [.. Enumerable.Range(0, Capacity).Select(_ => writer.StoreAsync(Delivery()))];

        Task<bool> turnedAway = writer.StoreAsync(Delivery());

        Assert.True(turnedAway.IsCompletedSuccessfully && !await turnedAway);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
    }

    [Fact]
    public async Task Whatever_waits_when_the_writer_stops_is_stored_or_turned_away()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        await database.AsSuperuserAsync("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END'");
        await database.AsSuperuserAsync("CREATE TRIGGER slow AFTER INSERT ON intake.delivery FOR EACH STATEMENT EXECUTE FUNCTION slow()");
        using DeliveryWriter writer = Writer(database);
        Task<bool> first = writer.StoreAsync(Delivery());
        await writer.StartAsync(Cancellation);
        await first;
        Task<bool>[] waiting = [.. Enumerable.Range(0, 3000).Select(_ => writer.StoreAsync(Delivery()))];

        await writer.StopAsync(CancellationToken.None);

        bool[] stored = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(stored.Count(kept => kept) + 1, await database.ScalarAsync<int>("SELECT count(*)::int FROM intake.delivery"));
    }

    [Fact]
    public async Task One_row_that_the_database_refuses_does_not_fail_its_neighbours()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        using DeliveryWriter writer = Writer(database);
        SealedDelivery twice = Delivery();
        Task<bool>[] waiting = [writer.StoreAsync(Delivery()), writer.StoreAsync(twice), writer.StoreAsync(twice), writer.StoreAsync(Delivery())];

        await writer.StartAsync(Cancellation);

        bool[] stored = await Task.WhenAll(waiting);
        Assert.Equal([true, true, false, true], stored);
        Assert.Equal(3, await database.ScalarAsync<int>("SELECT count(*)::int FROM intake.delivery"));
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task More_than_256_MiB_is_not_held_and_what_is_written_makes_room_again()
    {
        const int MiB = 1024 * 1024;
        await using TestDatabase database = await postgres.CloneAsync();
        using DeliveryWriter writer = Writer(database);
        byte[] body = new byte[4 * MiB];
        Task<bool>[] waiting = [.. Enumerable.Range(0, 64).Select(_ => writer.StoreAsync(Delivery(body)))];

        Task<bool> turnedAway = writer.StoreAsync(Delivery());

        Assert.True(turnedAway.IsCompletedSuccessfully && !await turnedAway);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        await database.AsSuperuserAsync("ALTER TABLE intake.delivery ADD CONSTRAINT small CHECK (octet_length(body_sealed) < 100) NOT VALID"); // the disk is spared
        await writer.StartAsync(Cancellation);
        Assert.DoesNotContain(true, await Task.WhenAll(waiting));
        Assert.True(await writer.StoreAsync(Delivery()));
        Assert.Equal(1, await database.ScalarAsync<int>("SELECT count(*)::int FROM intake.delivery"));
        await writer.StopAsync(CancellationToken.None);
    }

    private static DeliveryWriter Writer(TestDatabase database) =>
        new(database.Databases, new Precedence(TimeProvider.System), Options.Create(new IntakeOptions()), NullLogger<DeliveryWriter>.Instance);

    private static SealedDelivery Delivery(byte[]? body = null) =>
        new(Guid.NewGuid(), Guid.NewGuid(), TimeProvider.System.GetMicrosecondNow(), Guid.NewGuid(), body ?? [1, 2, 3]);
}
