using Munshi.Tests.Database;
using Npgsql;

namespace Munshi.Tests.Intake.Deliveries;

public sealed class UpdateGuardTests(TwoWorkspaces workspaces) : IClassFixture<TwoWorkspaces>
{
    private const string Settled = "settled_at = now()";
    private const string Again = "state = 'pending', reason = NULL, settled_at = NULL, replays = replays + 1, replayed_at = now()";

    private static readonly Guid Client = SampleRows.Id('a');

    [Theory]
    [InlineData("pending", "state = 'stored', became = id, " + Settled)]
    [InlineData("pending", "state = 'duplicate', " + Settled)]
    [InlineData("pending", "state = 'failed', reason = 'given-up', " + Settled)]
    [InlineData("failed", Again)]
    public async Task What_waits_is_settled_and_what_failed_may_wait_again(string state, string change)
    {
        await using Session session = await PreparedAsync(state);

        Assert.Equal(1, await session.ExecuteAsync($"UPDATE intake.update SET {change}"));
    }

    [Theory]
    [InlineData("stored", Again)]
    [InlineData("duplicate", Again)]
    [InlineData("stored", "state = 'failed'")]
    [InlineData("stored", "became = NULL")]
    [InlineData("failed", "state = 'stored'")]
    [InlineData("failed", "reason = 'no-sender'")]
    [InlineData("failed", "state = 'pending', settled_at = NULL")]
    [InlineData("failed", "state = 'pending', reason = NULL, settled_at = NULL, replays = replays + 2, replayed_at = now()")]
    [InlineData("failed", "replays = 0, replayed_at = NULL")]
    [InlineData("pending", "replays = 1, replayed_at = now()")]
    [InlineData("pending", "state = 'failed', became = id, " + Settled)]
    public async Task What_was_settled_stays_whoever_asks(string state, string change)
    {
        await using Session app = await PreparedAsync(state);
        string refused = await app.RefusalAsync($"UPDATE intake.update SET {change}");
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        await superuser.ExecuteAsync("SET session_replication_role = replica");

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused);
        Assert.Equal(PostgresErrorCodes.CheckViolation, await superuser.RefusalAsync($"UPDATE intake.update SET {change} WHERE client_id = '{Client}'"));
    }

    /// <summary>The workspace's one update in a state, in a transaction of <c>munshi_app</c> that is never committed.</summary>
    private async Task<Session> PreparedAsync(string state)
    {
        await using (Session superuser = await Session.AsSuperuserAsync(workspaces.Database))
        {
            await superuser.ExecuteAsync(
                $"""
                DELETE FROM intake.update WHERE client_id = '{Client}';
                INSERT INTO intake.update (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed, state, reason, settled_at, replays, replayed_at)
                VALUES ('{Client}', '{Client}', '{Client}', 0, 'message', now(), '{Client}', '', '{state}', {(state == "failed" ? "'given-up'" : "NULL")},
                    {(state == "pending" ? "NULL" : "now()")}, {(state == "failed" ? "1, now()" : "0, NULL")})
                """);
            if (state == "stored")
            {
                await superuser.ExecuteAsync(
                    $"""
                    DELETE FROM intake.update WHERE client_id = '{Client}';
                    INSERT INTO intake.update (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed, state, settled_at, became)
                    VALUES ('{Client}', '{Client}', '{Client}', 0, 'message', now(), '{Client}', '', 'stored', now(), '{Client}')
                    """);
            }
        }

        Session session = await workspaces.InsideAsync('a');
        await session.ExecuteAsync("BEGIN");
        return session;
    }
}
