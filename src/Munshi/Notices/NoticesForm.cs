using System.Globalization;
using Munshi.Web;

namespace Munshi.Notices;

/// <summary>A member's settings as they stand in the form.</summary>
public sealed record NoticesForm
{
    private const string ClockFormat = "HH:mm";

    /// <summary>The longest name of a time zone that is kept.</summary>
    private const int MaxZoneLength = 64;

    public string Email { get; init; } = "";

    public string LanguageCode { get; init; } = "";

    /// <summary>An IANA name.</summary>
    public string Zone { get; init; } = "";

    public bool WantsInfo { get; init; }

    public bool WantsWarning { get; init; }

    public bool WantsAlert { get; init; }

    public bool WantsDigest { get; init; }

    /// <summary><c>HH:mm</c>; empty with <see cref="QuietUntil"/> for none.</summary>
    public string QuietFrom { get; init; } = "";

    public string QuietUntil { get; init; } = "";

    /// <summary>The fields that are wrong: <c>email</c>, <c>zone</c>, <c>quiet</c>.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    public override string ToString() => nameof(NoticesForm);

    internal static NoticesForm Of(NoticePreferences chosen) => new()
    {
        Email = chosen.Email ?? "",
        LanguageCode = chosen.Language.Code,
        Zone = chosen.Zone.Id,
        WantsInfo = chosen.WantsInfo,
        WantsWarning = chosen.WantsWarning,
        WantsAlert = chosen.WantsAlert,
        WantsDigest = chosen.WantsDigest,
        QuietFrom = chosen.Quiet is { } from ? Clock(from.From) : "",
        QuietUntil = chosen.Quiet is { } until ? Clock(until.Until) : "",
    };

    internal static NoticesForm Read(IFormCollection form) => new()
    {
        Email = form["email"].ToString().Trim(),
        LanguageCode = form["language"].ToString(),
        Zone = form["zone"].ToString().Trim(),
        WantsInfo = form.ContainsKey("info"),
        WantsWarning = form.ContainsKey("warning"),
        WantsAlert = form.ContainsKey("alert"),
        WantsDigest = form.ContainsKey("digest"),
        QuietFrom = form["quiet-from"].ToString(),
        QuietUntil = form["quiet-until"].ToString(),
    };

    /// <summary>What the form says, and the fields that say nothing usable.</summary>
    internal (NoticePreferences Chosen, IReadOnlyList<string> Wrong) Check()
    {
        List<string> wrong = [];
        if (Email.Length > 0 && !EmailAddress.IsUsable(Email))
        {
            wrong.Add("email");
        }

        TimeZoneInfo? zone = Zone.Length is > 0 and <= MaxZoneLength && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out TimeZoneInfo? found) && found.HasIanaId && found.Id == Zone
            ? found
            : null;
        if (zone is null)
        {
            wrong.Add("zone");
        }

        QuietHours? quiet = (Minute(QuietFrom), Minute(QuietUntil)) is ({ } from, { } until) && from != until ? new QuietHours(from, until) : null;
        if (quiet is null && (QuietFrom.Length > 0 || QuietUntil.Length > 0))
        {
            wrong.Add("quiet");
        }

        return (
            new NoticePreferences
            {
                Email = Email.Length == 0 ? null : Email,
                Language = Language.Find(LanguageCode) ?? Language.English,
                Zone = zone ?? NoticePreferences.UsualZone,
                WantsInfo = WantsInfo,
                WantsWarning = WantsWarning,
                WantsAlert = WantsAlert,
                WantsDigest = WantsDigest,
                Quiet = quiet,
            },
            wrong);
    }

    private static string Clock(int minute) => TimeOnly.MinValue.AddMinutes(minute).ToString(ClockFormat, CultureInfo.InvariantCulture);

    private static int? Minute(string clock) => TimeOnly.TryParseExact(clock, ClockFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
        ? (time.Hour * 60) + time.Minute
        : null;
}
