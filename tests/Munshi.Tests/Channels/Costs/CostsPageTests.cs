using System.Net;
using Munshi.Channels;
using Munshi.Channels.Costs;
using Munshi.Tests.Dashboard;

namespace Munshi.Tests.Channels.Costs;

public sealed class CostsPageTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/costs";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_sees_the_month_by_number_and_sets_and_takes_away_a_limit()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        DateOnly month = CostMonth.Of(TimeProvider.System.GetUtcNow());
        await CountAsync(month, "service", 1_002);
        await CountAsync(month, "marketing", 3);
        await CountAsync(month, "group_marketing", 4);
        await CountAsync(month.AddMonths(-1), "utility", 1_000);

        VisitedPage first = await owner.GetAsync(Page);
        VisitedPage refused = await owner.SubmitAsync(first, "#cost-limit", ("limit", "five hundred"));
        VisitedPage saved = await owner.SubmitAsync(first, "#cost-limit", ("limit", "₹3"));
        VisitedPage limited = await owner.GetAsync(saved.Location!);
        VisitedPage free = await owner.GetAsync((await owner.SubmitAsync(limited, "#no-cost-limit")).Location!);

        Assert.Contains("About ₹2.82 so far", first.Text("#spent"), StringComparison.Ordinal);
        Assert.Equal("1002", first.Document.QuerySelector("[data-replies]")!.GetAttribute("data-replies"));
        Assert.Contains("1,002 of 1,000 free replies used", first.Text("#cost-numbers"), StringComparison.Ordinal);
        Assert.Contains("no price is set", first.Text("[data-category=group_marketing]"), StringComparison.Ordinal);
        Assert.NotNull(first.Document.QuerySelector("#lacks-price"));
        Assert.Contains("1,000 messages, about ₹115.00", first.Text("#months-before"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "true"), (refused.Status, refused.Document.QuerySelector("#limit")!.GetAttribute("aria-invalid")));
        Assert.Contains("from 0 to 1,00,00,000.00", refused.Text("#limit-problem"), StringComparison.Ordinal);
        Assert.Equal("five hundred", refused.Document.QuerySelector("#limit")!.GetAttribute("value"));
        Assert.Contains("About ₹2.82 of ₹3.00 spent (93 %)", limited.Text("#spent"), StringComparison.Ordinal);
        Assert.Null(free.Document.QuerySelector("#no-cost-limit"));
    }

    [Fact]
    public async Task Prices_are_kept_each_by_itself_and_a_wrong_one_is_named()
    {
        using DashboardVisitor owner = await shared.OtherOwnerAsync();
        VisitedPage first = await owner.GetAsync(Page);

        VisitedPage refused = await owner.SubmitAsync(first, "#cost-prices", ("price.utility", "0.2"), ("price.marketing", "2000"));
        VisitedPage saved = await owner.GetAsync((await owner.SubmitAsync(first, "#cost-prices", ("price.utility", "0.2"), ("price.marketing", ""))).Location!);

        Assert.Equal("Nothing was charged or counted yet this month", first.Text(".empty h4"));
        Assert.Equal("0.8631", first.Document.QuerySelector("#price-marketing")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Marketing templates", refused.Text("#marketing-problem"), StringComparison.Ordinal);
        Assert.Equal("0.20", saved.Document.QuerySelector("#price-utility")!.GetAttribute("value"));
        Assert.Equal("", saved.Document.QuerySelector("#price-marketing")!.GetAttribute("value"));
        Assert.Equal("0.1150", saved.Document.QuerySelector("#price-authentication")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Only_owners_enter()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync($"{Page}/limit", [new("limit", "1")])).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(Page)).Status);
    }

    private async Task CountAsync(DateOnly month, string category, long messages)
    {
        Guid number = (await shared.Server.Get<Numbers>().ListAsync(shared.Server.ClientId, Cancellation))[0].NumberId;
        await shared.Server.Database.AsSuperuserAsync(
            $"INSERT INTO channel.cost_count (client_id, month, number_id, category, type, messages) VALUES ('{shared.Server.ClientId}', '{month:yyyy-MM-dd}', '{number}', '{category}', 'regular', {messages})");
    }
}
