using System.Net;
using Munshi.Web.Live;

namespace Munshi.Tests.Dashboard;

public sealed class EventStreamTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_told_to_its_own_workspace_and_to_no_other()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        using OpenStream own = await OpenStream.StartAsync(owner);
        using OpenStream foreign = await OpenStream.StartAsync(other);
        (Guid first, Guid second) = (Guid.NewGuid(), Guid.NewGuid());

        await shared.SignalAsync(shared.Server.ClientId, first);
        string[] told = [await own.NextAsync(), await own.NextAsync()];
        await shared.SignalAsync(shared.OtherClientId, second);

        Assert.Equal([$"conv:{first}", "inbox"], told);
        Assert.Equal($"conv:{second}", await foreign.NextAsync());
    }

    [Fact]
    public async Task Reading_a_conversation_tells_the_list_only()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using Running.SandboxPhone phone = shared.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await shared.NewestConversationAsync();
        await Sandbox.Eventually.TrueAsync(async () =>
            await shared.Server.Database.ScalarAsync<long>(
                $"SELECT count(*) FROM vault.message_status s JOIN vault.message m ON m.id = s.message_id WHERE s.status = 'read' AND m.conversation_id = '{id}'") > 0);
        await Running.StoredConversations.SettledAsync(shared.Server);
        using OpenStream stream = await OpenStream.StartAsync(owner);

        await owner.GetAsync($"/inbox/{id}");

        string told = await stream.NextAsync();
        while (told == "callback") // of the webhooks before
        {
            told = await stream.NextAsync();
        }

        Assert.Equal("inbox", told);
    }

    [Fact]
    public async Task Who_was_away_is_told_to_fetch_everything()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        using OpenStream stream = await OpenStream.StartAsync(owner, lastEventId: "7");

        Assert.Equal("resync", await stream.NextAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_streams_of_the_session()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage inbox = await owner.GetAsync("/inbox");
        using OpenStream stream = await OpenStream.StartAsync(owner);

        await owner.SubmitAsync(inbox, "#sign-out");

        Assert.True(await stream.EndsAsync());
    }

    [Fact]
    public async Task A_session_holds_eight_streams_and_no_more()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        List<OpenStream> streams = [];
        for (int i = 0; i < SignalStreams.MostOfSession; i++)
        {
            streams.Add(await OpenStream.StartAsync(owner));
        }

        using HttpResponseMessage ninth = await owner.Http.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(8, streams.Count);
        Assert.Equal(HttpStatusCode.TooManyRequests, ninth.StatusCode);
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task A_page_that_falls_far_behind_is_told_once_to_fetch_everything()
    {
        using SignalStream stream = new(Guid.NewGuid(), Guid.NewGuid());
        for (int i = 0; i < 300; i++)
        {
            stream.Offer($"conv:{i}");
        }

        Assert.Equal(["resync"], await stream.TakeAsync(TimeSpan.Zero, Cancellation));
    }

    [Fact]
    public async Task The_same_signal_waits_once()
    {
        using SignalStream stream = new(Guid.NewGuid(), Guid.NewGuid());
        stream.Offer("inbox");
        stream.Offer("conv:1");
        stream.Offer("inbox");

        Assert.Equal(["inbox", "conv:1"], await stream.TakeAsync(TimeSpan.Zero, Cancellation));
        Assert.Empty(await stream.TakeAsync(TimeSpan.Zero, Cancellation));
    }
}
