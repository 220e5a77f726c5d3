using System.Text;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Account;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class AccountEventTests
{
    public static TheoryData<string, string, string> Changes { get; } =
        [.. AccountPayloads.Changes.Select(change => new TheoryDataRow<string, string, string>(change.Field, change.Value, change.Record))];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_management_change_is_read_with_its_account_and_time(string field, string value, string record)
    {
        AccountEvent read = Read(field, value);

        Assert.Equal(record, read.GetType().Name);
        Assert.Equal((field, "300100200300400", 1795243000L, PayloadFlaws.None), (read.Field, read.WabaId, read.At.Seconds, read.Flaws));
    }

    [Fact]
    public void Account_change_tells_ban_violation_and_restrictions()
    {
        AccountChanged changed = Assert.IsType<AccountChanged>(Read("account_update", """
            {"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"April 17, 2025"},"violation_info":{"violation_type":"SPAM"},
             "restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":"1795843000"},{"restriction_type":7}],
             "country":"IN","waba_info":{"owner_business_id":"400100","partner_app_id":500100}}
            """));

        Assert.Equal(("DISABLED_UPDATE", "DISABLE", "April 17, 2025", "SPAM"), (changed.Event, changed.BanState, changed.BanDate, changed.ViolationType));
        Assert.Equal(
            [new AccountRestriction("RESTRICTED_BIZ_INITIATED_MESSAGING", new ProviderTime(1795843000)), new AccountRestriction("", default)],
            changed.Restrictions);
        Assert.Equal(("IN", "400100", "500100"), (changed.Country, changed.OwnerBusinessId, changed.PartnerAppId));
    }

    [Fact]
    public void Volume_tier_is_read() =>
        Assert.Equal(
            new VolumeTier { Category = "UTILITY", Tier = "1001:5000", Month = "2026-12", Region = "INDIA", UpdatedAt = new ProviderTime(1795243001) },
            Assert.IsType<AccountChanged>(Read("account_update", """{"event":"VOLUME_BASED_PRICING_TIER_UPDATE","volume_tier_info":{"tier_update_time":1795243001,"pricing_category":"UTILITY","tier":"1001:5000","effective_month":"2026-12","region":"INDIA"}}""")).VolumeTier);

    [Theory]
    [InlineData("""{"entity_type":"PHONE_NUMBER","entity_id":555,"alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED","alert_description":"No"}}""")]
    [InlineData("""{"entity_type":"PHONE_NUMBER","entity_id":"555","alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED","alert_description":"No"}""")]
    public void Alert_is_read_flat_and_nested(string value)
    {
        AccountAlert alert = Assert.IsType<AccountAlert>(Read("account_alerts", value));

        Assert.Equal(
            ("PHONE_NUMBER", "555", "CRITICAL", "ACTIVE", "OBA_REJECTED", "No"),
            (alert.EntityType, alert.EntityId, alert.Severity, alert.Status, alert.Type, alert.Description));
    }

    [Fact]
    public void Capabilities_are_read_as_numbers_and_tiers()
    {
        CapabilityChanged numbers = Assert.IsType<CapabilityChanged>(Read(
            "business_capability_update", """{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_business":"20","max_phone_numbers_per_waba":-1}"""));
        CapabilityChanged nothing = Assert.IsType<CapabilityChanged>(Read(
            "business_capability_update", """{"max_daily_conversations_per_business":{},"max_phone_numbers_per_business":1.5}"""));

        Assert.Equal((2000, 20L, -1L), (numbers.MaxDailyConversations!.Customers, numbers.MaxNumbersPerBusiness, numbers.MaxNumbersPerWaba));
        Assert.Equal((null, null, null), (nothing.MaxDailyConversations, nothing.MaxNumbersPerBusiness, nothing.MaxNumbersPerWaba));
    }

    [Theory]
    [InlineData("TIER_50", 50, false)]
    [InlineData("TIER_2K", 2000, false)]
    [InlineData("TIER_100K", 100_000, false)]
    [InlineData("TIER_UNLIMITED", null, true)]
    [InlineData("TIER_NOT_SET", null, false)]
    [InlineData("-1", null, true)]
    [InlineData("250", 250, false)]
    [InlineData("TIER_2147484K", null, false)]
    [InlineData("TIER_", null, false)]
    [InlineData("TIER_K", null, false)]
    [InlineData("", null, false)]
    public void Limit_is_a_number_or_none(string text, int? customers, bool isUnlimited)
    {
        MessagingLimit limit = new(text);

        Assert.Equal((customers, isUnlimited), (limit.Customers, limit.IsUnlimited));
    }

    [Fact]
    public void Number_changes_are_read()
    {
        NumberQualityChanged quality = Assert.IsType<NumberQualityChanged>(Read(
            "phone_number_quality_update", """{"display_phone_number":"919000000001","event":"DOWNGRADE","current_limit":"TIER_2K","old_limit":"TIER_10K"}"""));
        NumberNameChanged name = Assert.IsType<NumberNameChanged>(Read(
            "phone_number_name_update", """{"display_phone_number":"919000000001","decision":"REJECTED","requested_verified_name":"Sample Sarees","rejection_reason":"NAME_EMPLOYEE_ISSUE"}"""));

        Assert.Equal(
            ("919000000001", "DOWNGRADE", 2000, 10_000), (quality.DisplayPhone, quality.Event, quality.Limit!.Customers, quality.FormerLimit!.Customers));
        Assert.Equal(
            ("919000000001", "REJECTED", "Sample Sarees", "NAME_EMPLOYEE_ISSUE"), (name.DisplayPhone, name.Decision, name.RequestedName, name.RejectionReason));
    }

    [Fact]
    public void Rejected_template_tells_why_and_what_to_do()
    {
        TemplateStatusChanged changed = Assert.IsType<TemplateStatusChanged>(Read("message_template_status_update", """{"event":"REJECTED","message_template_id":778899,"message_template_name":"order_ready","message_template_language":"en","message_template_category":"UTILITY","reason":"INVALID_FORMAT","rejection_info":{"reason":"Side by side.","recommendation":"Words between."}}"""));

        Assert.Equal(new TemplateReference("778899", "order_ready", "en"), changed.Template);
        Assert.Equal(
            (TemplateStatus.Rejected, "REJECTED", "UTILITY", "INVALID_FORMAT", "Side by side.", "Words between."),
            (changed.Status, changed.StatusText, changed.Category, changed.Reason, changed.RejectionReason, changed.Recommendation));
    }

    [Theory]
    [InlineData("APPROVED", TemplateStatus.Approved)]
    [InlineData("ARCHIVED", TemplateStatus.Archived)]
    [InlineData("DELETED", TemplateStatus.Deleted)]
    [InlineData("DISABLED", TemplateStatus.Disabled)]
    [InlineData("FLAGGED", TemplateStatus.Flagged)]
    [InlineData("IN_APPEAL", TemplateStatus.InAppeal)]
    [InlineData("LIMIT_EXCEEDED", TemplateStatus.LimitExceeded)]
    [InlineData("LOCKED", TemplateStatus.Locked)]
    [InlineData("PAUSED", TemplateStatus.Paused)]
    [InlineData("PENDING", TemplateStatus.Pending)]
    [InlineData("PENDING_DELETION", TemplateStatus.PendingDeletion)]
    [InlineData("REINSTATED", TemplateStatus.Reinstated)]
    [InlineData("REJECTED", TemplateStatus.Rejected)]
    [InlineData("VAPORIZED", TemplateStatus.Unknown)]
    public void Template_status_word_is_known(string word, TemplateStatus status) =>
        Assert.Equal(status, Assert.IsType<TemplateStatusChanged>(Read("message_template_status_update", $$"""{"event":"{{word}}"}""")).Status);

    [Fact]
    public void Pause_tells_which_one_it_is_and_no_reason_that_is_none()
    {
        TemplateStatusChanged changed = Assert.IsType<TemplateStatusChanged>(Read(
            "message_template_status_update", """{"event":"PAUSED","reason":"NONE","other_info":{"title":"FIRST_PAUSE","description":"Three hours."},"disable_info":{"disable_date":"1795242000"}}"""));

        Assert.Equal((null, "FIRST_PAUSE", "Three hours.", 1795242000L), (changed.Reason, changed.NoteTitle, changed.NoteText, changed.DisabledAt.Seconds));
    }

    [Theory]
    [InlineData("GREEN", QualityScore.Green)]
    [InlineData("YELLOW", QualityScore.Yellow)]
    [InlineData("RED", QualityScore.Red)]
    [InlineData("UNKNOWN", QualityScore.Unknown)]
    [InlineData("PURPLE", QualityScore.Unknown)]
    public void Template_quality_is_read(string word, QualityScore score)
    {
        TemplateQualityChanged changed = Assert.IsType<TemplateQualityChanged>(Read(
            "message_template_quality_update", $$"""{"previous_quality_score":"GREEN","new_quality_score":"{{word}}"}"""));

        Assert.Equal((QualityScore.Green, score), (changed.Former, changed.Now));
    }

    [Theory]
    [InlineData("""{"previous_category":"UTILITY","new_category":"MARKETING"}""", false, null)]
    [InlineData("""{"new_category":"UTILITY","correct_category":"MARKETING","category_update_timestamp":1795843000}""", true, 1795843000L)]
    public void Template_category_is_read_before_and_after_the_change(string value, bool isPlanned, long? at)
    {
        TemplateCategoryChanged changed = Assert.IsType<TemplateCategoryChanged>(Read("template_category_update", value));

        Assert.Equal(("UTILITY", "MARKETING", isPlanned, at), (changed.Former, changed.Now, changed.IsPlanned, changed.EffectiveAt.Seconds));
    }

    [Fact]
    public void Kind_of_an_earlier_version_does_not_keep_a_change_from_being_read()
    {
        AccountEvent read = AccountEvent.Read(Encoding.UTF8.GetBytes(
            """{"field":"message_template_status_update","kind":"account","waba_id":"1","change":{"field":"message_template_status_update","value":{"event":"PAUSED"}}}"""));

        Assert.Equal(TemplateStatus.Paused, Assert.IsType<TemplateStatusChanged>(read).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"field":"account_update","change":{"value":[]}}""")]
    public void What_is_no_change_is_unreadable_and_no_exception(string json) =>
        Assert.Equal(PayloadFlaws.Unreadable, Assert.IsType<OtherAccountEvent>(AccountEvent.Read(Encoding.UTF8.GetBytes(json))).Flaws);

    private static AccountEvent Read(string field, string value) =>
        AccountEvent.Read(Assert.Single(Payload.Split(Payload.Management(field, value))).Json);
}
