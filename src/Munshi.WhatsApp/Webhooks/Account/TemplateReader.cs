using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>Reads the changes of templates.</summary>
internal static class TemplateReader
{
    public static TemplateStatusChanged Status(PayloadReader reader, JsonElement value)
    {
        string word = reader.Word(value.Field("event"u8)) ?? "";
        JsonElement rejection = value.Field("rejection_info"u8);
        JsonElement other = value.Field("other_info"u8);
        return new TemplateStatusChanged
        {
            Template = Template(reader, value),
            Status = Known(word),
            StatusText = word,
            Category = reader.Word(value.Field("message_template_category"u8)),
            Reason = reader.Word(value.Field("reason"u8)) is { } reason and not ("" or "NONE") ? reason : null,
            RejectionReason = reader.Words(rejection.Field("reason"u8)),
            Recommendation = reader.Words(rejection.Field("recommendation"u8)),
            NoteTitle = reader.Word(other.Field("title"u8)),
            NoteText = reader.Words(other.Field("description"u8)),
            DisabledAt = ProviderTime.Read(value.Field("disable_info"u8).Field("disable_date"u8)),
        };
    }

    public static TemplateQualityChanged Quality(PayloadReader reader, JsonElement value) => new()
    {
        Template = Template(reader, value),
        Former = Score(reader, value.Field("previous_quality_score"u8)),
        Now = Score(reader, value.Field("new_quality_score"u8)),
    };

    public static TemplateCategoryChanged Category(PayloadReader reader, JsonElement value)
    {
        string? former = reader.Word(value.Field("previous_category"u8));
        string? now = reader.Word(value.Field("new_category"u8));
        string? planned = reader.Word(value.Field("correct_category"u8));
        return new TemplateCategoryChanged
        {
            Template = Template(reader, value),
            Former = planned is null ? former : now,
            Now = planned ?? now,
            IsPlanned = planned is not null,
            EffectiveAt = ProviderTime.Read(value.Field("category_update_timestamp"u8)),
        };
    }

    private static TemplateReference Template(PayloadReader reader, JsonElement value) => new(
        PayloadReader.Reference(value.Field("message_template_id"u8)),
        reader.Line(value.Field("message_template_name"u8)),
        reader.Word(value.Field("message_template_language"u8)));

    private static QualityScore Score(PayloadReader reader, JsonElement score) => reader.Word(score) switch
    {
        "GREEN" => QualityScore.Green,
        "YELLOW" => QualityScore.Yellow,
        "RED" => QualityScore.Red,
        _ => QualityScore.Unknown,
    };

    private static TemplateStatus Known(string word) => word switch
    {
        "APPROVED" => TemplateStatus.Approved,
        "ARCHIVED" => TemplateStatus.Archived,
        "DELETED" => TemplateStatus.Deleted,
        "DISABLED" => TemplateStatus.Disabled,
        "FLAGGED" => TemplateStatus.Flagged,
        "IN_APPEAL" => TemplateStatus.InAppeal,
        "LIMIT_EXCEEDED" => TemplateStatus.LimitExceeded,
        "LOCKED" => TemplateStatus.Locked,
        "PAUSED" => TemplateStatus.Paused,
        "PENDING" => TemplateStatus.Pending,
        "PENDING_DELETION" => TemplateStatus.PendingDeletion,
        "REINSTATED" => TemplateStatus.Reinstated,
        "REJECTED" => TemplateStatus.Rejected,
        _ => TemplateStatus.Unknown,
    };
}
