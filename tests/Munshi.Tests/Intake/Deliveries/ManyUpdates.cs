using Munshi.Database;
using Munshi.Tests.Database;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Intake.Deliveries;

/// <summary>A database with a workspace of many updates, every hundredth failed, every thousandth of a rare kind, under a key an hour.</summary>
public sealed class ManyUpdates(PostgresTemplate postgres) : IAsyncLifetime
{
    private const int Count = 20_000;

    internal TestDatabase Database { get; private set; } = null!;

    internal static Guid ClientId => SampleRows.Id('a');

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CloneAsync();
        await using Session superuser = await Session.AsSuperuserAsync(Database);
        await SampleRows.WriteAsync(superuser, 'a');
        await superuser.ExecuteAsync(
            $"""
            INSERT INTO intake.update (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed, state, reason, settled_at, reference)
            SELECT '{ClientId}', (lpad(to_hex(1795240800000 + i), 12, '0') || '7' || substr(md5(i::text), 1, 19))::uuid, gen_random_uuid(), 0,
                CASE WHEN i % 1000 = 0 THEN 'history' WHEN i % 4 = 0 THEN 'message' ELSE 'status' END, to_timestamp((1795240800000 + i) / 1000.0),
                md5((i / 3600)::text)::uuid, decode(repeat('5a', 400), 'hex'),
                CASE WHEN i % 100 = 0 THEN 'failed' ELSE 'stored' END, CASE WHEN i % 100 = 0 THEN 'given-up' END, now(), sha256(i::text::bytea)
            FROM generate_series(1, {Count}) i
            """);
        await superuser.ExecuteAsync("VACUUM ANALYZE intake.update");
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary><c>munshi_app</c> inside the workspace, with the settings that its connections start with.</summary>
    internal async Task<Session> InsideAsync()
    {
        Session session = await Session.AsAsync(DatabaseRole.App, Database.Address, postgres.Secrets);
        await session.ExecuteAsync("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan");
        await session.EnterAsync(ClientId);
        return session;
    }
}
