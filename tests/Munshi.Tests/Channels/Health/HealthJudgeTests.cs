using Munshi.Channels.Health;

namespace Munshi.Tests.Channels.Health;

public sealed class HealthJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly NumberHealth Well = new()
    {
        NumberId = Guid.Empty,
        AskedAt = Now,
        AnsweredAt = Now,
        Quality = "GREEN",
        HeardAt = Now,
        LongestSilence = TimeSpan.FromHours(10),
    };

    public static TheoryData<string, string> Cases => new()
    {
        { "well", "" },
        { "never asked", "" },
        { "190", "TokenDead Bad" },
        { "10", "Refused Bad" },
        { "unanswered", "Unanswered Warning" },
        { "ends in 6 days", "TokenEnds Warning" },
        { "ends in 8 days", "" },
        { "ends in an hour", "TokenEnds Bad" },
        { "disabled", "AccountDisabled Bad" },
        { "restricted", "AccountRestricted Bad" },
        { "not subscribed", "NotSubscribed Bad" },
        { "subscribed", "" },
        { "yellow", "QualityYellow Warning" },
        { "red", "QualityRed Bad" },
        { "competitor", "Competitor Warning" },
        { "competitor of yesterday", "" },
        { "silent as every night", "" },
        { "silent for twice as long as ever", "Silent Warning" },
        { "silent for five hours", "" },
        { "190 and yellow", "TokenDead Bad QualityYellow Warning" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_wrong_is_named_the_worst_first(string state, string found) =>
        Assert.Equal(found, string.Join(' ', HealthJudge.Judge(Of(state), Now).Select(finding => $"{finding.Name} {finding.Tone}")));

    private static NumberHealth Of(string state) => state switch
    {
        "never asked" => Well with { AskedAt = null, AnsweredAt = null },
        "190" => Well with { RefusedCode = 190, RefusedSince = Now, TokenExpiresAt = Now },
        "10" => Well with { RefusedCode = 10, RefusedSince = Now },
        "unanswered" => Well with { AnsweredAt = Now.AddMinutes(-6) },
        "ends in 6 days" => Well with { TokenExpiresAt = Now.AddDays(6) },
        "ends in 8 days" => Well with { TokenExpiresAt = Now.AddDays(8) },
        "ends in an hour" => Well with { TokenExpiresAt = Now.AddHours(1) },
        "disabled" => Well with { Account = "disabled" },
        "restricted" => Well with { Account = "restricted" },
        "not subscribed" => Well with { IsSubscribed = false },
        "subscribed" => Well with { IsSubscribed = true },
        "yellow" => Well with { Quality = "YELLOW" },
        "red" => Well with { Quality = "RED" },
        "competitor" => Well with { Competitor = "meta_business_agent", CompetitorAt = Now.AddHours(-1) },
        "competitor of yesterday" => Well with { Competitor = "meta_business_agent", CompetitorAt = Now.AddHours(-25) },
        "silent as every night" => Well with { HeardAt = Now.AddHours(-10) },
        "silent for twice as long as ever" => Well with { HeardAt = Now.AddHours(-21) },
        "silent for five hours" => Well with { HeardAt = Now.AddHours(-5), LongestSilence = TimeSpan.FromHours(1) },
        "190 and yellow" => Well with { RefusedCode = 190, Quality = "YELLOW" },
        _ => Well,
    };
}
