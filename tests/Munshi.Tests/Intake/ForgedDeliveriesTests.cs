using Microsoft.Extensions.Logging;
using Munshi.Intake;
using Munshi.Tests.Canary;
using Munshi.Tests.Database.WorkQueue;

namespace Munshi.Tests.Intake;

public sealed class ForgedDeliveriesTests
{
    [Fact]
    public void A_flood_of_forged_deliveries_is_one_line_a_second_with_their_number()
    {
        using CapturedLog log = new();
        using LoggerFactory factory = new([log]);
        ManualClock clock = new(new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero));
        ForgedDeliveries forged = new(clock, factory.CreateLogger<ForgedDeliveries>());

        for (int delivery = 0; delivery < 1000; delivery++)
        {
            forged.Count(Guid.NewGuid());
        }

        Assert.Equal(["Refused 1 deliveries"], Lines(log));
        clock.Advance(TimeSpan.FromMilliseconds(999));
        forged.Count(Guid.NewGuid());
        Assert.Single(Lines(log));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        forged.Count(Guid.NewGuid());
        Assert.Equal(["Refused 1 deliveries", "Refused 1001 deliveries"], Lines(log));
        clock.Advance(TimeSpan.FromSeconds(5));
        forged.Count(Guid.NewGuid());
        Assert.Equal("Refused 1 deliveries", Lines(log)[2]);
    }

    private static string[] Lines(CapturedLog log) =>
        [.. System.Text.RegularExpressions.Regex.Matches(log.Text, "Refused [0-9]+ deliveries").Select(match => match.Value)];
}
