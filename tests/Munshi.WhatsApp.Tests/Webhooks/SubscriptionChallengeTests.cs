using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class SubscriptionChallengeTests
{
    private const string Token = "a-verify-token-of-ours";

    [Fact]
    public void Right_token_is_answered_with_the_challenge_as_it_came() =>
        Assert.Equal(
            new SubscriptionOutcome.Confirmed("1158201444"),
            SubscriptionChallenge.Answer("subscribe", Token, "1158201444", Token));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a-verify-token-of-our")]
    [InlineData("a-verify-token-of-ours ")]
    [InlineData("A-verify-token-of-ours")]
    public void Wrong_token_is_refused(string? token) =>
        Assert.Equal(
            new SubscriptionOutcome.Refused(SubscriptionRefusal.Token),
            SubscriptionChallenge.Answer("subscribe", token, "1158201444", Token));

    [Theory]
    [InlineData(null)]
    [InlineData("unsubscribe")]
    [InlineData("Subscribe")]
    public void Other_mode_is_refused(string? mode) =>
        Assert.Equal(
            new SubscriptionOutcome.Refused(SubscriptionRefusal.Mode),
            SubscriptionChallenge.Answer(mode, Token, "1158201444", Token));

    [Fact]
    public void Number_without_a_token_refuses_even_an_empty_one() =>
        Assert.Equal(
            new SubscriptionOutcome.Refused(SubscriptionRefusal.Token),
            SubscriptionChallenge.Answer("subscribe", "", "1158201444", ""));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("1\r\nSet-Cookie: a=b")]
    [InlineData("\u0967")]
    public void Challenge_that_is_not_visible_ascii_is_not_echoed(string? challenge) =>
        Assert.Equal(
            new SubscriptionOutcome.Refused(SubscriptionRefusal.Challenge),
            SubscriptionChallenge.Answer("subscribe", Token, challenge, Token));

    [Fact]
    public void Challenge_beyond_256_characters_is_not_echoed()
    {
        Assert.IsType<SubscriptionOutcome.Confirmed>(SubscriptionChallenge.Answer("subscribe", Token, new string('7', 256), Token));
        Assert.IsType<SubscriptionOutcome.Refused>(SubscriptionChallenge.Answer("subscribe", Token, new string('7', 257), Token));
    }
}
