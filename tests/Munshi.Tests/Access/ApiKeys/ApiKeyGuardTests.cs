using Munshi.Tests.Database;
using Npgsql;

namespace Munshi.Tests.Access.ApiKeys;

/// <summary>What the database refuses whoever asks, the superuser included.</summary>
public sealed class ApiKeyGuardTests(TwoWorkspaces workspaces) : IClassFixture<TwoWorkspaces>
{
    [Theory]
    [InlineData("secret_hash = sha256('x')")]
    [InlineData("name_sealed = 'x'")]
    [InlineData("created_at = now()")]
    [InlineData("id = gen_random_uuid()")]
    public async Task A_key_stays_what_it_was_made_as(string change)
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        await superuser.ExecuteAsync("SET session_replication_role = replica");

        Assert.Equal(PostgresErrorCodes.CheckViolation, await superuser.RefusalAsync($"UPDATE access.api_key SET {change}"));
    }

    [Fact]
    public async Task A_revoked_key_stays_revoked_and_is_not_used_again()
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        Assert.Equal(1, await superuser.ExecuteAsync($"UPDATE access.api_key SET revoked_at = now(), revoked_by = made_by WHERE client_id = '{SampleRows.Id('b')}'"));

        foreach (string change in (string[])["revoked_at = NULL, revoked_by = NULL", "revoked_at = now() + interval '1 day'", "used_at = now()"])
        {
            Assert.Equal(PostgresErrorCodes.CheckViolation, await superuser.RefusalAsync($"UPDATE access.api_key SET {change} WHERE client_id = '{SampleRows.Id('b')}'"));
        }
    }
}
