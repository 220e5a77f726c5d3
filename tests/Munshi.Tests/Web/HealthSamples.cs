using Munshi.Channels.Health;
using Munshi.Notices;

namespace Munshi.Tests.Web;

/// <summary>How numbers may stand: every finding and every kind of word once.</summary>
internal static class HealthSamples
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    private static readonly string[] Findings =
        ["TokenDead", "Refused", "Unanswered", "TokenEnds", "AccountDisabled", "AccountRestricted", "NotSubscribed", "QualityRed", "QualityYellow", "Competitor", "Silent"];

    private static readonly string[] Kinds = ["account", "review", "alert", "limit", "number", "name", "template", "error", "history", "responder", "other"];

    public static HealthView None { get; } = new([], []);

    public static HealthView Troubled { get; } = new(
        [
            new NumberView("919000000001", Number, []),
            new NumberView("919000000002", Number with { AnsweredAt = null }, [.. Findings.Select((name, i) => new HealthFinding(name, i == 0 ? HealthTone.Bad : HealthTone.Warning) { Detail = "190", At = i % 2 == 0 ? At : null })]),
            new NumberView("919000000003", Number, [new HealthFinding("QualityYellow", HealthTone.Warning)]),
        ],
        [.. Kinds.Select((kind, i) => new ToldRow(kind, "PENDING", (NoticeSeverity)(i % 3), At))]);

    private static NumberHealth Number => new() { NumberId = Guid.Empty, AskedAt = At, AnsweredAt = At, Quality = "GREEN", MessagingLimit = "TIER_1K", Throughput = "STANDARD", HeardAt = At };
}
