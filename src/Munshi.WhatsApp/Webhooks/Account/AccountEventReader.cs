using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>Reads the <c>value</c> of a management change by the name of its field.</summary>
internal static class AccountEventReader
{
    public static AccountEvent Read(JsonElement update)
    {
        PayloadReader reader = new();
        string field = reader.Word(update.Field("field"u8)) ?? "";
        JsonElement value = update.Field("change"u8).Field("value"u8);
        AccountEvent read = value.ValueKind == JsonValueKind.Object ? Read(reader, field, value) : new OtherAccountEvent();
        if (value.ValueKind != JsonValueKind.Object)
        {
            reader.Note(PayloadFlaws.Unreadable);
        }

        return read with
        {
            Field = field,
            WabaId = PayloadReader.Reference(update.Field("waba_id"u8)),
            At = ProviderTime.Read(update.Field("time"u8)),
            Flaws = reader.Flaws,
        };
    }

    private static AccountEvent Read(PayloadReader reader, string field, JsonElement value) => field switch
    {
        "account_update" => Changed(reader, value),
        "account_review_update" => new AccountReviewed { Decision = Word(reader, value.Field("decision"u8)) },
        "account_alerts" => Alert(reader, value),
        "business_capability_update" => Capability(value),
        "phone_number_quality_update" => NumberQuality(reader, value),
        "phone_number_name_update" => NumberName(reader, value),
        "message_template_status_update" => TemplateReader.Status(reader, value),
        "message_template_quality_update" => TemplateReader.Quality(reader, value),
        "template_category_update" => TemplateReader.Category(reader, value),
        _ => new OtherAccountEvent { Event = Word(reader, value.Field("event"u8)) },
    };

    private static AccountChanged Changed(PayloadReader reader, JsonElement value)
    {
        JsonElement ban = value.Field("ban_info"u8);
        JsonElement holder = value.Field("waba_info"u8);
        return new AccountChanged
        {
            Event = Word(reader, value.Field("event"u8)),
            BanState = reader.Word(ban.Field("waba_ban_state"u8)),
            BanDate = reader.Word(ban.Field("waba_ban_date"u8)),
            ViolationType = reader.Word(value.Field("violation_info"u8).Field("violation_type"u8)),
            Restrictions = reader.Objects(value.Field("restriction_info"u8), static (reader, restriction) => new AccountRestriction(
                Word(reader, restriction.Field("restriction_type"u8)), ProviderTime.Read(restriction.Field("expiration"u8)))),
            Country = reader.Word(value.Field("country"u8)),
            OwnerBusinessId = PayloadReader.Reference(holder.Field("owner_business_id"u8)),
            PartnerAppId = PayloadReader.Reference(holder.Field("partner_app_id"u8)),
            VolumeTier = Tier(reader, value.Field("volume_tier_info"u8)),
        };
    }

    private static VolumeTier? Tier(PayloadReader reader, JsonElement tier) => tier.ValueKind != JsonValueKind.Object ? null : new VolumeTier
    {
        Category = reader.Word(tier.Field("pricing_category"u8)),
        Tier = reader.Word(tier.Field("tier"u8)),
        Month = reader.Word(tier.Field("effective_month"u8)),
        Region = reader.Word(tier.Field("region"u8)),
        UpdatedAt = ProviderTime.Read(tier.Field("tier_update_time"u8)),
    };

    private static AccountAlert Alert(PayloadReader reader, JsonElement value)
    {
        JsonElement nested = value.Field("alert_info"u8);
        JsonElement alert = nested.ValueKind == JsonValueKind.Object ? nested : value; // both forms are in use
        return new AccountAlert
        {
            EntityType = reader.Word(value.Field("entity_type"u8)),
            EntityId = PayloadReader.Reference(value.Field("entity_id"u8)),
            Severity = Word(reader, alert.Field("alert_severity"u8)),
            Status = Word(reader, alert.Field("alert_status"u8)),
            Type = Word(reader, alert.Field("alert_type"u8)),
            Description = reader.Words(alert.Field("alert_description"u8)),
        };
    }

    private static CapabilityChanged Capability(JsonElement value) => new()
    {
        MaxDailyConversations = MessagingLimit.Read(value.Field("max_daily_conversations_per_business"u8)),
        MaxNumbersPerBusiness = value.Field("max_phone_numbers_per_business"u8).WholeNumber(),
        MaxNumbersPerWaba = value.Field("max_phone_numbers_per_waba"u8).WholeNumber(),
    };

    private static NumberQualityChanged NumberQuality(PayloadReader reader, JsonElement value) => new()
    {
        DisplayPhone = reader.Word(value.Field("display_phone_number"u8)),
        Event = Word(reader, value.Field("event"u8)),
        Limit = MessagingLimit.Read(value.Field("max_daily_conversations_per_business"u8)) ?? MessagingLimit.Read(value.Field("current_limit"u8)),
        FormerLimit = MessagingLimit.Read(value.Field("old_limit"u8)),
    };

    private static NumberNameChanged NumberName(PayloadReader reader, JsonElement value) => new()
    {
        DisplayPhone = reader.Word(value.Field("display_phone_number"u8)),
        Decision = Word(reader, value.Field("decision"u8)),
        RequestedName = reader.Line(value.Field("requested_verified_name"u8)),
        RejectionReason = reader.Word(value.Field("rejection_reason"u8)),
    };

    private static string Word(PayloadReader reader, JsonElement element) => reader.Word(element) ?? "";
}
