using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

/// <summary>What PostgreSQL itself says of the ledger, by its own hash function.</summary>
internal static class LedgerFacts
{
    /// <summary>Fails unless every committed event has one entry, each log counts from 0 without gaps, and each row is hashed and linked right.</summary>
    public static async Task AssertCompleteAsync(TestDatabase database)
    {
        Assert.Equal(0, await database.ScalarAsync<long>(
            "SELECT count(*) FROM audit.event v WHERE (SELECT count(*) FROM ledger.entry l WHERE l.event_id = v.id AND l.client_id = v.client_id) <> 1"));
        Assert.Equal(
            await database.ScalarAsync<long>("SELECT count(*) FROM audit.event"), await database.ScalarAsync<long>("SELECT count(*) FROM ledger.entry"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "SELECT count(*) FROM (SELECT seq, row_number() OVER (PARTITION BY client_id ORDER BY seq) - 1 AS place FROM ledger.entry) e WHERE seq <> place"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "SELECT count(*) FROM ledger.entry WHERE sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) <> row_hash"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            SELECT count(*) FROM (
                SELECT leaf, lag(encode(row_hash, 'hex'), 1, repeat('0', 64)) OVER (PARTITION BY client_id ORDER BY seq) AS before FROM ledger.entry
            ) e WHERE right(leaf, 74) <> 'previous ' || before || E'\n'
            """));
    }
}
