using System.Text.Json;
using Munshi.Archives;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Database;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Tests.Vault.Joining;
using Munshi.Vault;

namespace Munshi.Tests.Archives;

public sealed class ArchiveBesideJoiningTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Fact]
    public async Task An_archive_tells_whom_a_conversation_is_with_though_customers_were_separated_while_it_was_written()
    {
        JoinedCustomers customers = new(shared);
        using DashboardVisitor owner = await shared.OwnerAsync();
        (string first, string second, Guid older, Guid newer) = await customers.TwoAsync();
        await JoinedCustomers.JoinAsync(owner, older, newer);
        (Correspondent stays, Correspondent goes) = (await customers.CorrespondentAsync("phone", first), await customers.CorrespondentAsync("phone", second));
        await Server.SettledAsync();
        await using Session held = await Session.AsSuperuserAsync(Server.Database);
        await held.ExecuteAsync("SET idle_in_transaction_session_timeout = 0");
        await held.ExecuteAsync("BEGIN");
        await held.ExecuteAsync("LOCK TABLE vault.label"); // read after the conversations and before whom they are with
        DirectoryInfo directory = Directory.CreateTempSubdirectory("munshi-test-joining-");
        try
        {
            string archive = Path.Combine(directory.FullName, "archive");

            Task<ArchiveOutcome> writing = ArchivedWorkspace.WriteAsync(Server, Server.ClientId, "demo", archive);
            await Eventually.TrueAsync(() => Server.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'vault.label'::regclass)"));
            await Server.Get<WorkspaceDatabase>().TransactAsync(
                Server.ClientId,
                async transaction =>
                {
                    await JoinedCustomers.SplitAsync(transaction, stays, goes);
                    return true;
                },
                Cancellation);
            await held.ExecuteAsync("COMMIT");
            Assert.IsType<ArchiveOutcome.Written>(await writing);

            JsonElement identifier = Assert.Single(Lines(archive, "identifiers"), line => line.GetProperty("id").GetGuid() == goes.Author.Id);
            JsonElement conversation = Assert.Single(Lines(archive, "conversations"), line => line.GetProperty("id").GetGuid() == newer);
            Assert.NotEqual(stays.ContactId, identifier.GetProperty("contact").GetGuid());
            Assert.Equal(identifier.GetProperty("contact").GetGuid(), conversation.GetProperty("contact").GetGuid());
            Assert.Single(Lines(archive, "contacts"), line => line.GetProperty("id").GetGuid() == identifier.GetProperty("contact").GetGuid());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static JsonElement[] Lines(string archive, string name) =>
        [.. File.ReadAllLines(Path.Combine(archive, $"data/{name}.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
