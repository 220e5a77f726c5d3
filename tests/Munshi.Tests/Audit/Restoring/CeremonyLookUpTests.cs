using Munshi.Database;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Restoring;

/// <summary>A ceremony reads the few rows that it is about, however many there are besides.</summary>
public sealed class CeremonyLookUpTests(PostgresTemplate postgres)
{
    private const string Events =
        """
        INSERT INTO audit.event (client_id, at, actor, action, object)
        SELECT client_id, now(), 'program:intake', 'message.read', 'message:' || gen_random_uuid() FROM workspace.workspace, generate_series(1, 20000);
        INSERT INTO ledger.restore (client_id, id, first_seq, last_seq, at) SELECT client_id, gen_random_uuid(), 0, 0, now() FROM workspace.workspace, generate_series(1, 5);
        ANALYZE audit.event;
        ANALYZE ledger.restore
        """;

    [Theory]
    [InlineData("read_untold", "event_of_restore")]
    [InlineData("read_begun", "event_of_restore")]
    [InlineData("read_renamed", "tick_that_names")]
    public async Task What_a_ceremony_looks_for_is_found_by_an_index_of_just_that(string query, string index)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.Audited.AddWorkspaceAsync();
        await signed.Audited.Database.AsSuperuserAsync(Events);
        await signed.Audited.Database.AsSuperuserAsync(
            "INSERT INTO ledger.tick (seq, leaf, leaf_hash) SELECT n, 'munshi-tick/1' || repeat('x', 200), decode(repeat('5a', 32), 'hex') FROM generate_series(1, 20000) n; ANALYZE ledger.tick");

        string plan = string.Join('\n', await signed.Databases.Audit.RowsAsync(
            new Statement($"EXPLAIN {Sql.Read($"Audit/Restoring/{query}.sql")}"), reader => reader.GetString(0), TestContext.Current.CancellationToken));

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on event", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on tick", plan, StringComparison.Ordinal);
    }
}
