using System.Text;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

/// <summary>Deliveries in Meta's form, with fictitious people and numbers.</summary>
internal static class Payload
{
    public const string Metadata = """{ "display_phone_number": "919000000001", "phone_number_id": "555000111222333" }""";

    public const string Asha =
        """{"profile":{"name":"Asha Rao","username":"asha.rao"},"wa_id":"919000000101","user_id":"IN.7700000000000000101"}""";

    public const string Ravi = """{"profile":{"name":"Ravi K"},"wa_id":"919000000102","user_id":"IN.7700000000000000102"}""";

    public static string Delivery(params IEnumerable<string> changes) =>
        $$"""{"object":"whatsapp_business_account","entry":[{"id":"300100200300400","changes":[{{string.Join(',', changes)}}]}]}""";

    public static string Change(string field, string members) =>
        $$$"""{"field":"{{{field}}}","value":{"messaging_product":"whatsapp","metadata":{{{Metadata}}},{{{members}}}}}""";

    /// <summary>One message of Asha's; <paramref name="members"/> are its type and part.</summary>
    public static string Message(string members) => Delivery(Change("messages", $$"""
        "contacts":[{{Asha}}],"messages":[{"from":"919000000101","from_user_id":"IN.7700000000000000101","id":"wamid.IN01","timestamp":"1795240800",{{members}}}]
        """));

    /// <summary>A change of account, number or template, which names no number's id.</summary>
    public static string Management(string field, string value) =>
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"300100200300400","time":1795243000,"changes":[{"field":"{{{field}}}","value":{{{value}}}}]}]}""";

    public static string Status(string status) => Delivery(Change("messages", $"\"statuses\":[{status}]"));

    public static IReadOnlyList<WebhookUpdate> Split(string delivery) => Split(Encoding.UTF8.GetBytes(delivery));

    public static IReadOnlyList<WebhookUpdate> Split(byte[] delivery) =>
        Assert.IsType<EnvelopeOutcome.Updates>(WebhookEnvelope.Read(delivery)).Items;

    public static InboundMessage ReadMessage(string members) => InboundMessage.Read(Assert.Single(Split(Message(members))).Json);

    public static StatusUpdate ReadStatus(string status) => StatusUpdate.Read(Assert.Single(Split(Status(status))).Json);

    public static string Text(this WebhookUpdate update) => Encoding.UTF8.GetString(update.Json.Span);
}
