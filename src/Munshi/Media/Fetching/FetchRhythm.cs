using System.Security.Cryptography;

namespace Munshi.Media.Fetching;

/// <summary>Whether, and when, a file that could not be fetched is tried again.</summary>
internal static class FetchRhythm
{
    /// <summary>So long Meta keeps what a webhook named, and so long it is asked for.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>A file that came altered is fetched anew so often: it may have been altered on its way.</summary>
    private const int AlteredAttempts = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A token is mended by a person: it is asked for often enough that they see it.</summary>
    private static readonly TimeSpan TokenDelay = TimeSpan.FromMinutes(1);

    /// <summary>What is shown while it waits, or for good.</summary>
    public static string Reason(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.NotThere => "not-there",
        FetchOutcome.TokenRefused => "token",
        FetchOutcome.TooLarge => "too-large",
        FetchOutcome.WrongLength => "wrong-length",
        FetchOutcome.WrongHash => "wrong-hash",
        FetchOutcome.StrangeAddress => "strange-address",
        FetchOutcome.NotKept => "not-kept",
        _ => "unreachable",
    };

    /// <summary>The state it ends in; null where it is tried again.</summary>
    /// <param name="outcome">Of this attempt.</param>
    /// <param name="plan">The file.</param>
    /// <param name="now">At the end of the attempt.</param>
    public static string? End(FetchOutcome outcome, FetchPlan plan, DateTimeOffset now) => outcome switch
    {
        FetchOutcome.TooLarge or FetchOutcome.StrangeAddress => MediaRecord.Refused,
        FetchOutcome.WrongHash or FetchOutcome.WrongLength => plan.Attempts + 1 >= AlteredAttempts ? MediaRecord.Refused : null,
        FetchOutcome.NotThere => now >= plan.ToldAt + Kept ? MediaRecord.Expired : null,
        _ => now >= plan.ReceivedAt + Kept ? MediaRecord.Expired : null,
    };

    /// <summary>Doubles from a second to an hour, with up to a quarter added.</summary>
    public static TimeSpan Delay(FetchOutcome outcome, int attempts)
    {
        TimeSpan doubled = First * Math.Pow(2, Math.Min(attempts, 20));
        TimeSpan delay = doubled < Longest ? doubled : Longest;
        return (outcome is FetchOutcome.TokenRefused && delay > TokenDelay ? TokenDelay : delay) * (1 + (RandomNumberGenerator.GetInt32(250) / 1000.0));
    }
}
