using System.Globalization;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Telling;

/// <summary>What Meta tells of accounts, numbers and templates, and of a phone that has the WhatsApp Business app for the same number. Shapes: Meta's webhook reference.</summary>
internal static class ToldEvents
{
    private const long TemplateId = 778899;

    public static readonly IReadOnlyList<ToldEvent> All =
    [
        new("echo", "Somebody writes in the WhatsApp Business app", IsOfCustomer: true),
        new("history", "The phone shares an old chat", IsOfCustomer: true),
        new("contact", "The phone saves a customer's name", IsOfCustomer: true),
        new("standby", "A customer writes while another responder has the chat", IsOfCustomer: true),
        new("historyDeclined", "The phone shares no old chats", IsOfCustomer: false),
        new("restricted", "The account may send no templates until a day", IsOfCustomer: false),
        new("disabled", "The account is disabled", IsOfCustomer: false),
        new("reinstated", "The account is reinstated", IsOfCustomer: false),
        new("throughput", "The number may send faster", IsOfCustomer: false),
        new("nameApproved", "The number's name is approved", IsOfCustomer: false),
        new("templateRejected", "The template order_ready is rejected", IsOfCustomer: false),
        new("templateMarketing", "The template order_ready becomes marketing", IsOfCustomer: false),
    ];

    /// <summary>The body of the webhook.</summary>
    /// <param name="name">Of one of <see cref="All"/>.</param>
    /// <param name="number">Whose account is told.</param>
    /// <param name="customer">Of whom; for one of a customer.</param>
    /// <param name="text">What was written, or the name that was saved.</param>
    /// <param name="now">UTC.</param>
    public static byte[] Body(string name, BusinessNumber number, CustomerIdentity customer, string text, DateTimeOffset now)
    {
        (string field, JsonObject value) = name switch
        {
            "echo" => ("smb_message_echoes", OfNumber(number, customer, "message_echoes", ToCustomer(number, customer, text, now))),
            "history" => ("history", OfNumber(number, null, "history", History(number, customer, text, now))),
            "historyDeclined" => ("history", OfNumber(number, null, "history", Declined())),
            "contact" => ("smb_app_state_sync", OfNumber(number, null, "state_sync", Saved(customer, text, now))),
            "standby" => ("standby", OfNumber(number, customer, "messages", FromCustomer(customer, text, now))),
            "restricted" => ("account_update", Restricted(now)),
            "disabled" => ("account_update", Banned("DISABLE")),
            "reinstated" => ("account_update", Banned("REINSTATE")),
            "throughput" => ("phone_number_quality_update", Faster(number)),
            "nameApproved" => ("phone_number_name_update", Named(number)),
            "templateRejected" => ("message_template_status_update", Rejected()),
            _ => ("template_category_update", MadeMarketing()),
        };
        return MetaJson.Write(new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = number.WabaId,
                ["time"] = now.ToUnixTimeSeconds(),
                ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = value }),
            }),
        });
    }

    private static JsonObject OfNumber(BusinessNumber number, CustomerIdentity? customer, string list, JsonObject item)
    {
        JsonObject value = new()
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = number.DisplayPhoneNumber, ["phone_number_id"] = number.PhoneNumberId },
        };
        if (customer is not null)
        {
            value["contacts"] = new JsonArray(customer.Contact());
        }

        value[list] = new JsonArray(item);
        return value;
    }

    private static JsonObject ToCustomer(BusinessNumber number, CustomerIdentity customer, string text, DateTimeOffset at) => new()
    {
        ["from"] = number.DisplayPhoneNumber,
        ["to"] = customer.Number.Digits,
        ["to_user_id"] = customer.UserId,
        ["id"] = Wamid.New(customer, MessageDirection.Business),
        ["timestamp"] = Seconds(at),
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = text },
    };

    private static JsonObject FromCustomer(CustomerIdentity customer, string text, DateTimeOffset at) => new()
    {
        ["from"] = customer.Number.Digits,
        ["from_user_id"] = customer.UserId,
        ["id"] = Wamid.New(customer, MessageDirection.Customer),
        ["timestamp"] = Seconds(at),
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = text },
    };

    /// <summary>A question of two days ago and its answer a minute later.</summary>
    private static JsonObject History(BusinessNumber number, CustomerIdentity customer, string text, DateTimeOffset now)
    {
        JsonObject asked = FromCustomer(customer, "A question of before", now.AddDays(-2));
        asked["history_context"] = new JsonObject { ["status"] = "READ" };
        JsonObject answered = ToCustomer(number, customer, text, now.AddDays(-2).AddMinutes(1));
        answered["history_context"] = new JsonObject { ["status"] = "DELIVERED" };
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["phase"] = 0, ["chunk_order"] = 1, ["progress"] = 100 },
            ["threads"] = new JsonArray(new JsonObject { ["id"] = customer.Number.Digits, ["messages"] = new JsonArray(asked, answered) }),
        };
    }

    private static JsonObject Declined() => new()
    {
        ["errors"] = new JsonArray(new JsonObject
        {
            ["code"] = 2593109,
            ["title"] = "History sync is turned off by the business from the WhatsApp Business App",
            ["message"] = "History sharing is turned off by the business from the WhatsApp Business App",
            ["error_data"] = new JsonObject { ["details"] = "The business declined to share its chat history." },
        }),
    };

    private static JsonObject Saved(CustomerIdentity customer, string name, DateTimeOffset now) => new()
    {
        ["type"] = "contact",
        ["action"] = "add",
        ["contact"] = new JsonObject { ["full_name"] = name, ["first_name"] = name.Split(' ')[0], ["phone_number"] = customer.Number.Digits },
        ["metadata"] = new JsonObject { ["timestamp"] = Seconds(now) },
    };

    private static JsonObject Restricted(DateTimeOffset now) => new()
    {
        ["event"] = "ACCOUNT_RESTRICTION",
        ["restriction_info"] = new JsonArray(new JsonObject
        {
            ["restriction_type"] = "RESTRICTED_BIZ_INITIATED_MESSAGING",
            ["expiration"] = now.AddDays(1).ToUnixTimeSeconds(),
        }),
    };

    private static JsonObject Banned(string state) => new()
    {
        ["event"] = "DISABLED_UPDATE",
        ["ban_info"] = new JsonObject { ["waba_ban_state"] = state },
    };

    private static JsonObject Faster(BusinessNumber number) => new()
    {
        ["display_phone_number"] = number.DisplayPhoneNumber,
        ["event"] = "THROUGHPUT_UPGRADE",
        ["max_daily_conversations_per_business"] = "TIER_UNLIMITED",
    };

    private static JsonObject Named(BusinessNumber number) => new()
    {
        ["display_phone_number"] = number.DisplayPhoneNumber,
        ["decision"] = "APPROVED",
        ["requested_verified_name"] = number.BusinessName,
    };

    private static JsonObject Rejected() => new()
    {
        ["event"] = "REJECTED",
        ["message_template_id"] = TemplateId,
        ["message_template_name"] = "order_ready",
        ["message_template_language"] = "en",
        ["message_template_category"] = "UTILITY",
        ["reason"] = "INVALID_FORMAT",
    };

    private static JsonObject MadeMarketing() => new()
    {
        ["message_template_id"] = TemplateId,
        ["message_template_name"] = "order_ready",
        ["message_template_language"] = "en",
        ["previous_category"] = "UTILITY",
        ["new_category"] = "MARKETING",
    };

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
