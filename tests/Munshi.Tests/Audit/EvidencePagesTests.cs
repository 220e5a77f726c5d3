using Munshi.Audit;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

/// <summary>A workspace's records are read by ranges of their ids, so that no snapshot lasts as long as the whole check.</summary>
public sealed class EvidencePagesTests(PostgresTemplate postgres)
{
    private const string Workspace = "00000000-0000-4000-8000-00000000000a";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task Every_record_is_read_once_also_the_first_and_the_last_that_there_can_be(int atOnce)
    {
        await using TestDatabase database = await postgres.CloneAsync();
        Guid[] ids = [Guid.Empty, new("00000000-0000-0000-0000-0000000000ff"), new("0192f000-0000-7000-8000-000000000001"), new("ffffffff-ffff-ffff-ffff-fffffffffffe"), Guid.AllBitsSet];
        await database.AsSuperuserAsync(
            $"""
            INSERT INTO workspace.workspace (client_id, slug, name_sealed, created_at) VALUES ('{Workspace}', 'paged', '\x00', now()), ('00000000-0000-4000-8000-00000000000b', 'other', '\x00', now());
            INSERT INTO vault.contact (client_id, id, created_at) VALUES ('00000000-0000-4000-8000-00000000000b', gen_random_uuid(), now());
            INSERT INTO vault.contact (client_id, id, created_at) VALUES {string.Join(", ", ids.Select(id => $"('{Workspace}', '{id}', now())"))};
            """);

        List<Guid> read = [];
        await foreach (Evidence evidence in database.Databases.Reader.EvidencePagesAsync(
            "SELECT id FROM vault.contact WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1",
            "SELECT id FROM vault.contact WHERE client_id = $1 AND id >= $2 AND id <= $3",
            new Guid(Workspace),
            row => new Evidence(row.GetGuid(0), CiphertextHash: null, Commitment: null, KeyPresent: true), TestContext.Current.CancellationToken, atOnce))
        {
            read.Add(evidence.ObjectId);
        }

        Assert.Equal(ids.OrderBy(id => id.ToString(), StringComparer.Ordinal), read.OrderBy(id => id.ToString(), StringComparer.Ordinal));
    }
}
