using System.Globalization;
using Munshi.Notices;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Notices;

public sealed class QuietHoursTests(PostgresTemplate postgres)
{
    /// <summary>Instants and ends in UTC, worked out by hand: India is +5:30 all year, New York -5 and -4, Nepal +5:45.</summary>
    [Theory]
    [InlineData("Asia/Kolkata", "22:00", "07:00", "2026-11-22T16:29:59Z", null)]
    [InlineData("Asia/Kolkata", "22:00", "07:00", "2026-11-22T16:30:00Z", "2026-11-23T01:30:00Z")]
    [InlineData("Asia/Kolkata", "22:00", "07:00", "2026-11-22T20:00:00Z", "2026-11-23T01:30:00Z")]
    [InlineData("Asia/Kolkata", "22:00", "07:00", "2026-11-23T01:29:59Z", "2026-11-23T01:30:00Z")]
    [InlineData("Asia/Kolkata", "22:00", "07:00", "2026-11-23T01:30:00Z", null)]
    [InlineData("Asia/Kolkata", "13:00", "15:00", "2026-11-22T08:00:00Z", "2026-11-22T09:30:00Z")]
    [InlineData("Asia/Kolkata", "13:00", "15:00", "2026-11-22T09:30:00Z", null)]
    [InlineData("Asia/Kathmandu", "00:00", "06:00", "2026-11-21T18:15:00Z", "2026-11-22T00:15:00Z")]
    [InlineData("America/New_York", "22:00", "02:30", "2026-03-08T04:00:00Z", "2026-03-08T07:00:00Z")] // the clocks leap from 2 to 3 that night
    [InlineData("America/New_York", "22:00", "07:00", "2026-11-01T03:00:00Z", "2026-11-01T12:00:00Z")] // an hour longer that night
    public void Quiet_hours_end_by_the_clocks_of_the_zone(string zone, string from, string until, string now, string? end) => Assert.Equal(
        end is null ? null : At(end), new QuietHours(Minute(from), Minute(until)).EndAfter(At(now), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public async Task In_quiet_hours_a_warning_waits_until_they_end_and_an_alert_does_not()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.ChooseAsync(bench.ClientId, bench.OwnerId, new NoticePreferences
        {
            Email = "mita@aparajita.example",
            Quiet = new QuietHours(Minute("22:00"), Minute("07:00")),
        });
        bench.Clock.Now = At("2026-11-22T18:00:00Z"); // 23:30 in India

        await bench.RaiseAsync(bench.Alert("1") with { Severity = NoticeSeverity.Warning });
        await bench.RunAsync();
        string held = await bench.DeliveryAsync();
        await bench.RaiseAsync(bench.Alert("2") with { Subject = Guid.NewGuid() });
        await bench.RunAsync();
        string[] atNight = [.. (await bench.MailsAsync()).Select(mail => mail.Subject.Split(':')[0])];
        bench.Clock.Now = At("2026-11-23T01:29:59Z");
        await bench.RunAsync();
        int beforeSeven = (await bench.MailsAsync()).Length;
        bench.Clock.Now = At("2026-11-23T01:30:00Z");
        await bench.RunAsync();

        Assert.Equal("held quiet-hours", held);
        Assert.Equal(["Alert"], atNight);
        Assert.Equal(1, beforeSeven);
        Assert.Equal(["Alert", "Warning"], (await bench.MailsAsync()).Select(mail => mail.Subject.Split(':')[0]));
        Assert.Equal(["queued", "held", "queued", "sending", "sent", "sending", "sent"], await bench.LogAsync());
    }

    private static int Minute(string clock) => (int)TimeOnly.Parse(clock, CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
