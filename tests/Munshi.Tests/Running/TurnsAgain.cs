using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;

namespace Munshi.Tests.Running;

/// <summary>Lets Munshi look at a message as if its turn had waited until now.</summary>
internal static class TurnsAgain
{
    public static async Task AskAgainAsync(this RunningServer server, Guid message)
    {
        await server.Database.AsSuperuserAsync(
            $"""
            ALTER TABLE responder.agent_run DISABLE TRIGGER immutable;
            ALTER TABLE responder.hand_off DISABLE TRIGGER immutable;
            DELETE FROM responder.agent_run WHERE message_id = '{message}';
            DELETE FROM responder.hand_off WHERE message_id = '{message}';
            ALTER TABLE responder.agent_run ENABLE ALWAYS TRIGGER immutable;
            ALTER TABLE responder.hand_off ENABLE ALWAYS TRIGGER immutable;
            """);
        await server.Get<WorkspaceDatabase>().TransactAsync(
            server.ClientId,
            transaction =>
            {
                Jobs.Enqueue(transaction, ReceivedMessages.TurnJob, message, DateTimeOffset.UnixEpoch);
                return Task.FromResult(true);
            },
            TestContext.Current.CancellationToken);
        await server.SettledAsync();
    }
}
