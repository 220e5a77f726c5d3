namespace Munshi.WhatsApp.Tests.Webhooks;

/// <summary>One delivery of each management field, and the record it must be read as.</summary>
internal static class AccountPayloads
{
    public static readonly (string Field, string Value, string Record)[] Changes =
    [
        ("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE","waba_ban_date":"2026-12-01"}}""", "AccountChanged"),
        ("account_update", """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SPAM"}}""", "AccountChanged"),
        ("account_update", """{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1795843000}]}""", "AccountChanged"),
        ("account_update", """{"event":"VOLUME_BASED_PRICING_TIER_UPDATE","volume_tier_info":{"tier_update_time":1795243001,"pricing_category":"UTILITY","tier":"1001:5000","effective_month":"2026-12","region":"INDIA"}}""", "AccountChanged"),
        ("account_update", """{"event":"PARTNER_APP_UNINSTALLED","country":"IN","waba_info":{"waba_id":"300100200300400","owner_business_id":"400100","partner_app_id":"500100"}}""", "AccountChanged"),
        ("account_review_update", """{"decision":"REJECTED"}""", "AccountReviewed"),
        ("account_alerts", """{"entity_type":"PHONE_NUMBER","entity_id":"555000111222333","alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED","alert_description":"Not notable enough"}}""", "AccountAlert"),
        ("account_alerts", """{"entity_type":"BUSINESS","entity_id":"400100","alert_severity":"WARNING","alert_status":"NONE","alert_type":"PROFILE_PICTURE_LOST"}""", "AccountAlert"),
        ("business_capability_update", """{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_business":20,"max_phone_numbers_per_waba":-1}""", "CapabilityChanged"),
        ("phone_number_quality_update", """{"display_phone_number":"919000000001","event":"THROUGHPUT_UPGRADE","max_daily_conversations_per_business":"TIER_UNLIMITED"}""", "NumberQualityChanged"),
        ("phone_number_quality_update", """{"display_phone_number":"919000000001","event":"DOWNGRADE","current_limit":"TIER_2K","old_limit":"TIER_10K"}""", "NumberQualityChanged"),
        ("phone_number_name_update", """{"display_phone_number":"919000000001","decision":"REJECTED","requested_verified_name":"Sample Sarees","rejection_reason":"NAME_EMPLOYEE_ISSUE"}""", "NumberNameChanged"),
        ("message_template_status_update", """{"event":"REJECTED","message_template_id":778899,"message_template_name":"order_ready","message_template_language":"en","message_template_category":"UTILITY","reason":"INVALID_FORMAT","rejection_info":{"reason":"Parameters stand side by side.","recommendation":"Put words between them."}}""", "TemplateStatusChanged"),
        ("message_template_status_update", """{"event":"PAUSED","message_template_id":778899,"message_template_name":"order_ready","message_template_language":"en","reason":"NONE","other_info":{"title":"FIRST_PAUSE","description":"Paused for three hours."}}""", "TemplateStatusChanged"),
        ("message_template_status_update", """{"event":"DISABLED","message_template_id":"778899","message_template_name":"order_ready","message_template_language":"en","reason":null,"disable_info":{"disable_date":1795242000}}""", "TemplateStatusChanged"),
        ("message_template_quality_update", """{"previous_quality_score":"GREEN","new_quality_score":"RED","message_template_id":778899,"message_template_name":"order_ready","message_template_language":"en"}""", "TemplateQualityChanged"),
        ("template_category_update", """{"message_template_id":778899,"message_template_name":"order_ready","message_template_language":"en","previous_category":"UTILITY","new_category":"MARKETING"}""", "TemplateCategoryChanged"),
        ("template_category_update", """{"message_template_id":778899,"message_template_name":"order_ready","message_template_language":"en","new_category":"UTILITY","correct_category":"MARKETING","category_update_timestamp":1795843000}""", "TemplateCategoryChanged"),
        ("message_template_components_update", """{"message_template_id":778899,"message_template_element":"Hello"}""", "OtherAccountEvent"),
        ("security", """{"display_phone_number":"919000000001","event":"PIN_CHANGED","requester":"42"}""", "OtherAccountEvent"),
        ("never_heard_of", """{"event":"SOMETHING","n":1}""", "OtherAccountEvent"),
    ];

    public static IEnumerable<string> All => Changes.Select(change => Payload.Management(change.Field, change.Value));
}
