using System.Net;
using Munshi.Channels;
using Munshi.Channels.Sending;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Dashboard;

/// <summary>What a person sends beside a text, by forms alone: a quote, a reaction, a template.</summary>
public sealed class ReplyKindsTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_quotes_the_customers_message_and_says_so_in_the_conversation()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = new(shared.Server, "919000007401");
        Guid id = await ConversationAsync(phone, "919000007401");
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");

        VisitedPage quoting = await owner.GetAsync(page.Document.QuerySelector(".message.in .acts a")!.GetAttribute("href")!);
        VisitedPage sent = await owner.SubmitAsync(quoting, "#reply-form", ("text", "Until eight today"));
        await shared.Server.SettledAsync();

        Assert.Contains("What are your timings?", quoting.Text("#reply-form .quote"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Contains("What are your timings?", (await owner.GetAsync($"/inbox/{id}")).Document.QuerySelectorAll(".message.out .quote")[^1].TextContent, StringComparison.Ordinal);
        Assert.Contains(await phone.MessagesAsync(Cancellation), message => message.GetProperty("text").GetString() == "Until eight today");
    }

    [Fact]
    public async Task A_reaction_stands_at_the_message_leaves_the_owner_and_can_be_taken_back()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = new(shared.Server, "919000007402");
        Guid id = await ConversationAsync(phone, "919000007402");
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        long refused = await RefusedAsync();

        await owner.SubmitAsync(page, ".message.in .react form", ("emoji", "🙏"));
        VisitedPage reacted = await owner.GetAsync($"/inbox/{id}");
        await owner.SubmitAsync(page, ".message.in .react form", ("emoji", ""));
        VisitedPage back = await owner.GetAsync($"/inbox/{id}");
        await shared.Server.SettledAsync();

        Assert.Equal("🙏", reacted.Text(".message.in .reactions li span"));
        Assert.Equal("Munshi is answering", reacted.Text("#owner-bar .state"));
        Assert.Null(back.Document.QuerySelector(".message.in .reactions"));
        Assert.Equal(refused, await RefusedAsync());
    }

    [Fact]
    public async Task With_a_closed_window_a_template_is_chosen_looked_at_filled_in_and_sent()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = new(shared.Server, "919000007403");
        Guid id = await ConversationAsync(phone, "919000007403");
        Guid number = (await shared.Server.Get<Numbers>().ListAsync(shared.Server.ClientId, Cancellation))[0].NumberId;
        await shared.Server.Get<Numbers>().KeepAccountAsync(shared.Server.ClientId, number, "200000000000001", Cancellation);
        await shared.Server.SettledAsync();
        await shared.Server.Database.AsSuperuserAsync($"UPDATE vault.conversation SET window_from = window_from - interval '24 hours' WHERE id = '{id}'");

        VisitedPage closed = await owner.GetAsync($"/inbox/{id}");
        VisitedPage chosen = await owner.GetAsync(closed.Document.QuerySelectorAll(".templates a").First(link => link.TextContent == "order_ready").GetAttribute("href")!);
        VisitedPage preview = await owner.SubmitAsync(chosen, "#template-form", ("p0", "Asha"), ("preview", "1"));
        VisitedPage incomplete = await owner.SubmitAsync(chosen, "#template-form", ("p0", "Asha"));
        VisitedPage sent = await owner.SubmitAsync(chosen, "#template-form", ("p0", "Asha"), ("p1", "118"), ("p2", "118"));
        await shared.Server.SettledAsync();

        Assert.DoesNotContain(closed.Document.QuerySelectorAll(".templates a"), link => link.TextContent == "price_change");
        Assert.StartsWith("Hello Asha, your order {{2}} is ready.", preview.Text("#template-preview"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, incomplete.Status);
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Contains(await phone.MessagesAsync(Cancellation), message => message.GetProperty("text").GetString() == "order_ready: Asha, 118");
        Assert.StartsWith("Hello Asha, your order 118 is ready.", (await owner.GetAsync($"/inbox/{id}")).Document.QuerySelectorAll(".message.out .text")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_number_is_told_in_the_settings_with_a_way_to_try()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = new(shared.Server, "919000007404");
        Guid id = await ConversationAsync(phone, "919000007404");
        await shared.Server.FaultsAsync(new { tokenRevoked = true });
        await shared.Server.Get<Replies>().SendAsync(shared.Server.ClientId, id, shared.Server.OwnerId, "Wait for it", Guid.NewGuid(), Cancellation);
        await Eventually.TrueAsync(async () => await shared.Server.Database.ScalarAsync<long>("SELECT count(*) FROM channel.number_stop") == 1);
        await shared.Server.FaultsAsync(new { tokenRevoked = false });

        VisitedPage settings = await owner.GetAsync("/settings/channels");
        VisitedPage conversation = await owner.GetAsync($"/inbox/{id}");
        await owner.SubmitAsync(settings, "#number-stopped form");
        await shared.Server.SettledAsync();

        Assert.Contains("190", settings.Text("#number-stopped .state"), StringComparison.Ordinal);
        Assert.Contains("190", conversation.Text(".message.out .unsure"), StringComparison.Ordinal);
        Assert.Null((await owner.GetAsync("/settings/channels")).Document.QuerySelector("#number-stopped"));
        Assert.Contains(await phone.MessagesAsync(Cancellation), message => message.GetProperty("text").GetString() == "Wait for it");
    }

    private async Task<long> RefusedAsync() => (await shared.Server.SandboxStateAsync()).GetProperty("graph").GetProperty("refused").GetInt64();

    private async Task<Guid> ConversationAsync(SandboxPhone phone, string number)
    {
        await phone.AskAsync("What are your timings?", Cancellation);
        return await shared.Server.ConversationAsync(number);
    }
}
