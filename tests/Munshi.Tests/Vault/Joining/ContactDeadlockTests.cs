using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Vault.Joining;
using Npgsql;

namespace Munshi.Tests.Vault.Joining;

/// <summary>PostgreSQL ends one of two transactions that wait for each other (15, 13.3.4): it has done nothing.</summary>
public sealed class ContactDeadlockTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private readonly JoinedCustomers _customers = new(shared);

    private RunningServer Server => shared.Server;

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task An_act_that_meets_a_deadlock_is_done_again_though_not_for_ever(int deadlocks, bool isDone)
    {
        (string first, string second, Guid older, Guid newer) = await _customers.TwoAsync();
        ContactVersion one = new(await _customers.ContactAsync("phone", first), Guid.Empty);
        ContactVersion other = new(await _customers.ContactAsync("phone", second), Guid.Empty);
        string name = $"deadlock_{deadlocks}";
        await Server.Database.AsSuperuserAsync(
            $"""
            CREATE SEQUENCE public.{name};
            CREATE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
                'BEGIN IF nextval(''public.{name}'') <= {deadlocks} THEN RAISE EXCEPTION USING ERRCODE = ''deadlock_detected''; END IF; RETURN NEW; END';
            CREATE TRIGGER {name} BEFORE INSERT ON vault.contact_event FOR EACH ROW EXECUTE FUNCTION public.{name}();
            """);
        try
        {
            Task<ContactOutcome> act = Server.Get<ContactActs>().MergeAsync(
                Server.ClientId, Guid.CreateVersion7(), (older, one), (newer, other), Server.OwnerId, TestContext.Current.CancellationToken);
            if (isDone)
            {
                Assert.Equal(ContactOutcome.Done, await act);
            }
            else
            {
                Assert.Equal(PostgresErrorCodes.DeadlockDetected, (await Assert.ThrowsAsync<PostgresException>(() => act)).SqlState);
            }
        }
        finally
        {
            await Server.Database.AsSuperuserAsync($"DROP TRIGGER {name} ON vault.contact_event; DROP FUNCTION public.{name}(); DROP SEQUENCE public.{name}");
        }

        Assert.Equal(isDone, await _customers.ContactAsync("phone", first) == await _customers.ContactAsync("phone", second));
        Assert.Equal(isDone ? 1 : 0, await Server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM vault.contact_event WHERE contact_id IN ('{one.ContactId}', '{other.ContactId}') AND kind = 'merged'"));
    }
}
