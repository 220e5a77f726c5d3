using System.Globalization;

namespace Munshi.Channels.Health;

/// <summary>Says what is wrong with a number. Pure.</summary>
internal static class HealthJudge
{
    /// <summary>Before a token ends, its owner is told for so long.</summary>
    private static readonly TimeSpan TokenWarning = TimeSpan.FromDays(7);

    /// <summary>No silence is worth a word before.</summary>
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromHours(6);

    /// <summary>Meta did not answer for so long although it was asked.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromMinutes(5);

    /// <summary>A word about another responder holds for so long.</summary>
    private static readonly TimeSpan CompetitorHolds = TimeSpan.FromDays(1);

    /// <returns>The worst first; empty where all is well.</returns>
    public static IReadOnlyList<HealthFinding> Judge(NumberHealth health, DateTimeOffset now) =>
        [.. Findings(health, now).OrderByDescending(finding => finding.Tone)];

    public static HealthTone Worst(IEnumerable<HealthFinding> findings) => findings.Select(finding => finding.Tone).DefaultIfEmpty(HealthTone.Good).Max();

    private static IEnumerable<HealthFinding> Findings(NumberHealth health, DateTimeOffset now)
    {
        if (health.RefusedCode is { } code)
        {
            yield return new HealthFinding(code is 0 or 190 ? "TokenDead" : "Refused", HealthTone.Bad)
            {
                Detail = code.ToString(CultureInfo.InvariantCulture),
                At = health.RefusedSince,
            };
        }
        else if (health.AskedAt is not null && now - (health.AnsweredAt ?? DateTimeOffset.MinValue) > Unanswered)
        {
            yield return new HealthFinding("Unanswered", HealthTone.Warning) { At = health.AnsweredAt };
        }

        if (health.TokenExpiresAt is { } ends && ends - now < TokenWarning && health.RefusedCode is null)
        {
            yield return new HealthFinding("TokenEnds", ends - now < TimeSpan.FromDays(1) ? HealthTone.Bad : HealthTone.Warning) { At = ends };
        }

        if (health.IsSubscribed is false)
        {
            yield return new HealthFinding(HealthFinding.NotSubscribed, HealthTone.Bad);
        }

        if (health.Account is "disabled" or "restricted")
        {
            yield return new HealthFinding(health.Account is "disabled" ? "AccountDisabled" : "AccountRestricted", HealthTone.Bad);
        }

        if (health.Quality is "RED" or "YELLOW")
        {
            yield return new HealthFinding(health.Quality is "RED" ? "QualityRed" : "QualityYellow", health.Quality is "RED" ? HealthTone.Bad : HealthTone.Warning);
        }

        if (health.Competitor is { } competitor && now - health.CompetitorAt < CompetitorHolds)
        {
            yield return new HealthFinding("Competitor", HealthTone.Warning) { Detail = competitor, At = health.CompetitorAt };
        }

        if (health is { HeardAt: { } heard, LongestSilence: { } usual } && now - heard > ShortestSilence && now - heard > usual * 2)
        {
            yield return new HealthFinding("Silent", HealthTone.Warning) { At = heard };
        }
    }
}
