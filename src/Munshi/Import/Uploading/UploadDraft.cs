namespace Munshi.Import.Uploading;

/// <summary>What was typed beside the file, and comes back where it is refused.</summary>
/// <param name="Contact">The customer's number; empty where nothing was typed.</param>
/// <param name="Business">The business's name in the chat; empty where nothing was typed.</param>
/// <param name="Order"><c>dmy</c>, <c>mdy</c>, <c>ymd</c>, or empty for what the file tells.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record UploadDraft(string Contact, string Business, string Order, string TimeZone)
{
    public const string DefaultZone = "Asia/Kolkata";

    /// <summary>In characters.</summary>
    public const int MaxZoneLength = 64;

    /// <summary>Those of the machine's tz database, by name.</summary>
    public static readonly IReadOnlyList<string> Zones =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && (zone.Id == "UTC" || zone.Id.Contains('/', StringComparison.Ordinal))).Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    public static readonly UploadDraft Empty = new("", "", "", DefaultZone);

    /// <summary>What is wrong: a word of <c>Imports.Refused.*</c>; null where nothing is.</summary>
    public string? Problem { get; init; }

    /// <param name="fields">Of the form.</param>
    public static UploadDraft Of(IReadOnlyDictionary<string, string> fields)
    {
        UploadDraft draft = new(
            fields.GetValueOrDefault("contact", "").Trim(), fields.GetValueOrDefault("business", "").Trim(), fields.GetValueOrDefault("order", ""), fields.GetValueOrDefault("zone", DefaultZone).Trim());
        return draft with
        {
            Problem = draft.Contact.Length > 0 && PhoneDigits.Of(draft.Contact) is null ? "wrong-number"
                : draft.Business.Length > UploadRequest.MaxFieldLength ? "business-not-found"
                : draft.Order is not ("" or "dmy" or "mdy" or "ymd") ? "dates-unclear"
                : TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out TimeZoneInfo? zone) && zone.HasIanaId ? null : "wrong-zone",
        };
    }

    public override string ToString() => nameof(UploadDraft);
}
