using System.Globalization;
using System.Text.RegularExpressions;
using Munshi.Database;
using Munshi.Intake.Deliveries;
using Munshi.Tests.Database;

namespace Munshi.Tests.Intake.Deliveries;

/// <summary>However many updates a workspace has, a page reads at most as many as it looks through.</summary>
public sealed partial class UpdatePlanTests(ManyUpdates updates) : IClassFixture<ManyUpdates>
{
    private const string Zero = "'00000000-0000-0000-0000-000000000000'";

    [Theory]
    [InlineData("list_updates", "51, 51, NULL, NULL, NULL", "update_pkey", 51)]
    [InlineData("list_updates", "5000, 51, 'stored', NULL, 'status'", "update_pkey", 5000)]
    [InlineData("list_updates_by_state", "5000, 51, 'failed', true, NULL", "update_apart", 200)]
    [InlineData("list_updates_by_state", "5000, 51, 'pending', NULL, NULL", "update_apart", 1)]
    [InlineData("list_updates_by_kind", "5000, 51, NULL, NULL, 'history'", "update_of_kind", 20)]
    public Task The_list_goes_by_an_index_in_its_order(string query, string rest, string index, int most) =>
        GoesByAsync(query, $"'{UpdateIds.End}', {Zero}, {rest}", index, most);

    [Theory]
    [InlineData("count_failed", "10000", "update_apart", 200)]
    [InlineData("look_at_failed", Zero + ", 'message', 'given-up', now(), 10000", "update_apart", 200)]
    [InlineData("intake_keys", "1000", "update_reference", 1)]
    [InlineData("find_by_reference", "ARRAY[md5('1')::uuid], ARRAY[sha256('4000')], 50", "update_reference", 1)]
    [InlineData("read_update", Zero, "update_pkey", 1)]
    [InlineData("find_job", Zero + ", " + Zero + ", " + Zero, "job_dead", 1)]
    public Task What_stands_beside_the_list_goes_by_an_index(string query, string rest, string index, int most) => GoesByAsync(query, rest, index, most);

    private static async Task<string> PlanAsync(Session session, string query, string rest)
    {
        await session.ExecuteAsync($"PREPARE query AS {Sql.Read($"Intake/Deliveries/{query}.sql")}");
        return string.Join('\n', await session.LinesAsync($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) EXECUTE query ('{ManyUpdates.ClientId}', {rest})"));
    }

    private async Task GoesByAsync(string query, string rest, string index, int most)
    {
        await using Session session = await updates.InsideAsync();

        string plan = await PlanAsync(session, query, rest);

        Assert.Contains($" {index} ", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.All(ScannedRows().Matches(plan), match => Assert.True(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) <= most, plan));
    }

    [GeneratedRegex(@"Index (?:Only )?Scan[^\n]*actual rows=(\d+)")]
    private static partial Regex ScannedRows();
}
