using Munshi.Audit;
using Munshi.Channels;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Channels;

public sealed class NumbersTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connecting_a_number_again_replaces_its_token()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        Numbers numbers = server.Get<Numbers>();

        NumberOutcome.Connected again = Assert.IsType<NumberOutcome.Connected>(await numbers.ConnectAsync(
            server.ClientId, server.AppId, RunningServer.PhoneNumberId, "919000000001", "the-token-after", Actor.Operator, Cancellation));

        Assert.Equal(1, await server.Database.ScalarAsync<int>("SELECT count(*)::int FROM channel.number"));
        Assert.Equal("the-token-after", (await numbers.CredentialsAsync(server.ClientId, again.NumberId, Cancellation)).AccessToken);
    }
}
