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

    [Theory]
    [InlineData(true, "919000000001")]
    [InlineData(false, "919000000002")]
    public async Task A_number_connected_on_another_app_or_as_another_number_is_refused_and_keeps_its_token(bool otherApp, string number)
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        Numbers numbers = server.Get<Numbers>();
        Guid app = otherApp
            ? await server.Get<MetaApps>().RegisterAsync(server.ClientId, RunningServer.AppSecret, RunningServer.VerifyToken, shared: false, Actor.Operator, Cancellation)
            : server.AppId;

        NumberOutcome.Differs refused = Assert.IsType<NumberOutcome.Differs>(await numbers.ConnectAsync(
            server.ClientId, app, RunningServer.PhoneNumberId, number, "the-token-after", Actor.Operator, Cancellation));

        Assert.Equal(
            $"This phone number id is connected already, as 919000000001 on app {server.AppId}: its token is replaced with just that number and app.",
            refused.Sentence);
        Guid known = (await numbers.FindAsync(server.ClientId, RunningServer.PhoneNumberId, Cancellation))!.Value;
        Assert.Equal(RunningServer.AccessToken, (await numbers.CredentialsAsync(server.ClientId, known, Cancellation)).AccessToken);
    }
}
