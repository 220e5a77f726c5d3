using Munshi.Sandbox.Graph;
using Munshi.Tests.Keyring;

namespace Munshi.Tests.Sandbox;

/// <summary>The figures are Meta's: a message in 6 s to a person, 45 ahead of time; 80 a second for a number.</summary>
public sealed class MessagingLimitsTests
{
    private readonly SettableClock _clock = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_46th_message_to_one_person_waits_six_seconds()
    {
        MessagingLimits limits = new(_clock);
        for (int message = 0; message < 45; message++)
        {
            Assert.Null(limits.Exceeded("1", "919000000101"));
        }

        Assert.Equal(131056, limits.Exceeded("1", "919000000101")?.Code);
        Assert.Null(limits.Exceeded("1", "919000000102"));
        _clock.Now += TimeSpan.FromSeconds(6);
        Assert.Null(limits.Exceeded("1", "919000000101"));
        Assert.Equal(131056, limits.Exceeded("1", "919000000101")?.Code);
    }

    [Fact]
    public void The_81st_message_of_a_second_is_refused_for_that_number_only()
    {
        MessagingLimits limits = new(_clock);
        for (int message = 0; message < 80; message++)
        {
            Assert.Null(limits.Exceeded("1", $"9190000001{message:00}"));
        }

        Assert.Equal(130429, limits.Exceeded("1", "919000000200")?.Code);
        Assert.Null(limits.Exceeded("2", "919000000200"));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(limits.Exceeded("1", "919000000200"));
    }
}
