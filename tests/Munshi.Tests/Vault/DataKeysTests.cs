using System.Net;
using Munshi.Database;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Vault;

public sealed class DataKeysTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Period = 210001;

    private const string IsWaited = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_transactions_that_want_the_same_fresh_keys_wait_for_each_other_and_never_on_each_other()
    {
        Guid[] authors = [.. (await Task.WhenAll(AuthorAsync(), AuthorAsync())).Order()];
        Task<IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey>> second = null!;

        await _server.Get<WorkspaceDatabase>().TransactAsync(_server.ClientId, async transaction =>
        {
            await _server.Get<DataKeys>().GetAsync(transaction, authors[0], Period, TimeProvider.System.GetUtcNow());
            second = KeysAsync(authors[1], authors[0]);
            await Eventually.TrueAsync(() => _server.Database.ScalarAsync<bool>(IsWaited));
            await _server.Get<DataKeys>().GetAsync(transaction, authors[1], Period, TimeProvider.System.GetUtcNow());
            return true;
        }, Cancellation);

        Assert.Equal(2, (await second).Count);
        Assert.Equal(2, await _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM vault.data_key WHERE period = {Period}"));
    }

    private Task<IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey>> KeysAsync(params Guid[] authors) =>
        _server.Get<WorkspaceDatabase>().TransactAsync(
            _server.ClientId,
            transaction => _server.Get<DataKeys>().GetAsync(transaction, [.. authors.Select(author => (author, Period))], TimeProvider.System.GetUtcNow()),
            Cancellation);

    private async Task<Guid> AuthorAsync()
    {
        string customer = shared.NewCustomer();
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, "talk to a person")), Cancellation));
        await _server.SettledAsync();
        Guid conversation = await _server.ConversationAsync(customer);
        return await _server.Database.ScalarAsync<Guid>($"SELECT i.id FROM vault.identifier i JOIN vault.conversation c USING (client_id, contact_id) WHERE c.id = '{conversation}'");
    }
}
