using Munshi.Channels.Costs;

namespace Munshi.Tests.Channels.Costs;

/// <summary>Rules and prices: "Cost since 2026-10-01" of the Cloud API's pricing; India, January 2026.</summary>
public sealed class CostEstimateTests
{
    private static readonly Guid First = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Second = new("00000000-0000-4000-8000-000000000002");
    private static readonly CostPrices Reported = new(new Dictionary<string, long?>());

    [Theory]
    [InlineData(999, 0)]
    [InlineData(1_000, 0)]
    [InlineData(1_001, 115_000)]
    [InlineData(1_010, 1_150_000)]
    public void A_number_has_a_thousand_free_replies_a_month_and_pays_for_those_beyond(long replies, long micros) =>
        Assert.Equal(micros, Estimate(new CostLine(First, "service", "regular", replies)).Total);

    [Fact]
    public void Each_number_has_its_own_free_replies_and_those_on_their_way_count_too()
    {
        CostEstimate estimate = Estimate(
            new CostLine(First, "service", "regular", 600), new CostLine(First, "service", "free_customer_service", 400), new CostLine(Second, "service", "regular", 1_000));

        Assert.Equal(0, estimate.Total);
        Assert.Equal(115_000, estimate.With(First, "service").Total);
        Assert.Equal(1, estimate.With(Second, "service").Paid(Second, "service"));
    }

    [Fact]
    public void What_Meta_calls_free_costs_nothing_and_a_customer_from_an_advertisement_uses_up_no_free_reply()
    {
        CostEstimate estimate = Estimate(
            new CostLine(First, "utility", "free_customer_service", 7), new CostLine(First, "service", "free_entry_point", 2_000), new CostLine(First, "service", "free_customer_service", 1_500));

        Assert.Equal((0, 1_500), (estimate.Total, estimate.RepliesOf(First)));
    }

    [Fact]
    public void Templates_are_paid_from_the_first_one_by_category_and_an_unknown_one_without_a_price_is_said_to_lack_it()
    {
        CostEstimate estimate = Estimate(
            new CostLine(First, "marketing", "regular", 2), new CostLine(First, "utility", "regular", 1), new CostLine(First, "authentication", "regular", 1), new CostLine(First, "group_utility", "-", 5));

        Assert.Equal((2 * 863_100) + 115_000 + 115_000, estimate.Total);
        Assert.True(estimate.LacksPrice);
        Assert.False(Estimate(new CostLine(First, "marketing", "regular", 2)).LacksPrice);
    }

    [Fact]
    public void A_price_of_ones_own_goes_before_the_reported_one_and_a_reply_costs_what_utility_does()
    {
        CostPrices own = new(new Dictionary<string, long?> { ["utility"] = 200_000, ["marketing"] = null });

        Assert.Equal((200_000, 200_000, null, 115_000), (own.Of("utility"), own.Of("service"), own.Of("marketing"), own.Of("authentication")));
    }

    [Theory]
    [InlineData("2026-10-31T18:29:59Z", "2026-10-01")]
    [InlineData("2026-10-31T18:30:00Z", "2026-11-01")]
    public void A_month_begins_at_midnight_in_India(string at, string month) =>
        Assert.Equal(DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture), CostMonth.Of(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("500", 500_000_000L)]
    [InlineData(" ₹1,23,456.5 ", 123_456_500_000L)]
    [InlineData("0", 0L)]
    [InlineData("0.115", 115_000L)]
    [InlineData("1,00,00,000", 10_000_000_000_000L)]
    [InlineData("1,00,00,000.01", null)]
    [InlineData("-1", null)]
    [InlineData("5e3", null)]
    [InlineData("0.1234567", null)]
    [InlineData("", null)]
    [InlineData("five", null)]
    public void An_amount_is_read_as_people_write_it_or_not_at_all(string written, long? micros) => Assert.Equal(micros, Rupees.Read(written, Rupees.Highest));

    [Theory]
    [InlineData(123_456_500_000, "₹1,23,456.50")]
    [InlineData(115_000, "₹0.12")]
    [InlineData(0, "₹0.00")]
    public void An_amount_is_shown_as_in_India(long micros, string shown) => Assert.Equal(shown, Rupees.Shown(micros));

    private static CostEstimate Estimate(params CostLine[] lines) => new(lines, Reported);
}
