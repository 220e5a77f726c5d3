using Munshi.Web;

namespace Munshi.Notices;

/// <summary>What a member chose to be told, and when.</summary>
internal sealed record NoticePreferences
{
    public static readonly TimeZoneInfo UsualZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    /// <summary>Null: nothing can be mailed.</summary>
    public string? Email { get; init; }

    public Language Language { get; init; } = Language.English;

    public TimeZoneInfo Zone { get; init; } = UsualZone;

    public bool WantsInfo { get; init; }

    public bool WantsWarning { get; init; } = true;

    public bool WantsAlert { get; init; } = true;

    /// <summary>One mail a day, in the morning.</summary>
    public bool WantsDigest { get; init; } = true;

    public QuietHours? Quiet { get; init; }

    public bool Wants(NoticeSeverity severity) => severity switch
    {
        NoticeSeverity.Info => WantsInfo,
        NoticeSeverity.Warning => WantsWarning,
        _ => WantsAlert,
    };

    public override string ToString() => nameof(NoticePreferences);
}
