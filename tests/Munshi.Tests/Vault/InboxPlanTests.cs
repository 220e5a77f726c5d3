using System.Globalization;
using System.Text.RegularExpressions;
using Munshi.Database;
using Munshi.Tests.Database;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Vault;

/// <summary>However many conversations a workspace has, a page of the inbox reads as many as it shows, by a plan made before there were any.</summary>
public sealed partial class InboxPlanTests(PostgresTemplate postgres)
{
    private const int Page = 51;

    private static readonly Guid Workspace = SampleRows.Id('a');

    private static readonly string Label = $"'{SampleRows.Id('a')}'";

    private static readonly string Person = $"'{SampleRows.Id('a')}'";

    /// <summary>Every hundredth is open, every fiftieth of those wears the label; the rest is resolved, as after a year.</summary>
    private static readonly string Fill =
        $"""
        SET session_replication_role = replica;
        INSERT INTO vault.conversation (client_id, id, contact_id, number_id, opened_at, last_at, last_message_id, inbound_count, read_count, owner_kind, owner_person_id, owner_epoch, state, label_ids)
        SELECT '{Workspace}', md5(i::text)::uuid, md5(i::text)::uuid, '{Workspace}', now(), now() - i * interval '1 minute', md5(i::text)::uuid, 1, i % 2,
            CASE i % 3 WHEN 0 THEN 'responder' WHEN 1 THEN 'waiting' ELSE 'person' END, CASE i % 3 WHEN 2 THEN '{Workspace}'::uuid END, 0,
            CASE WHEN i % 100 = 0 THEN 'open' ELSE 'resolved' END, CASE WHEN i % 5000 = 0 THEN ARRAY['{Workspace}'::uuid] ELSE ARRAY[]::uuid[] END
        FROM generate_series(1, 30000) i;
        INSERT INTO vault.conversation_label (client_id, conversation_id, label_id, state, shown_at, added_at)
        SELECT client_id, id, label_ids[1], state, last_at, now() FROM vault.conversation WHERE cardinality(label_ids) = 1 AND client_id = '{Workspace}'
        """;

    [Theory]
    [InlineData("all", "NULL", "open", "conversation_recent")]
    [InlineData("all", "NULL", "resolved", "conversation_recent")]
    [InlineData("waiting", "NULL", "open", "conversation_waiting")]
    [InlineData("mine", "NULL", "open", "conversation_of_person")]
    [InlineData("all", "label", "open", "conversation_label_recent")]
    public async Task A_page_goes_by_one_index_in_its_order(string tab, string label, string state, string index)
    {
        await using TestDatabase database = await postgres.CloneAsync();
        await using Session superuser = await Session.AsSuperuserAsync(database);
        await SampleRows.WriteAsync(superuser, 'a');
        await using Session session = await Session.AsAsync(DatabaseRole.App, database.Address, postgres.Secrets);
        await session.ExecuteAsync("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan");
        await session.EnterAsync(Workspace);
        string chosen = label == "label" ? Label : "NULL";
        string top = $"'{Workspace}', '{tab}', {Person}, NULL, NULL, {Page}, '{state}', {chosen}";
        string up = $"'{Workspace}', '{tab}', {Person}, '2000-01-01', '{Guid.Empty}', {Page}, '{state}', {chosen}";
        foreach ((string query, string arguments) in new[] { ("inbox_page", top), ("inbox_page_after", up) })
        {
            await session.ExecuteAsync($"PREPARE {query} AS {Sql.Read($"Vault/{query}.sql")}");
            await session.ExecuteAsync($"EXECUTE {query} ({arguments})");
        }

        await superuser.ExecuteAsync(Fill);

        foreach ((string query, string arguments) in new[] { ("inbox_page", top), ("inbox_page_after", up) })
        {
            string plan = string.Join('\n', await session.LinesAsync($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) EXECUTE {query} ({arguments})"));
            string scan = Assert.Single(Scans().Matches(plan).Select(match => match.Value), line => line.Contains($" {index} ", StringComparison.Ordinal) && !line.Contains("never executed", StringComparison.Ordinal));
            Assert.InRange(int.Parse(Rows().Match(scan).Groups[1].Value, CultureInfo.InvariantCulture), 1, Page);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"Index (?:Only )?Scan[^\n]*")]
    private static partial Regex Scans();

    [GeneratedRegex(@"actual rows=(\d+)")]
    private static partial Regex Rows();
}
