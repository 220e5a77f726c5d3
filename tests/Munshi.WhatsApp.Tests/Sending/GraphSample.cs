using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Tests.Sending;

/// <summary>A request to a fictitious customer, and Graph's answer to it.</summary>
internal static class GraphSample
{
    public const string Token = "EAAB-a-very-secret-token";

    public const string AcceptedBody =
        """{"messaging_product":"whatsapp","contacts":[{"input":"+919000000101","wa_id":"919000000101","user_id":"IN.77"}],"messages":[{"id":"wamid.OUT06"}]}""";

    public static readonly SendRequest Request = new()
    {
        PhoneNumberId = "555000111222333",
        AccessToken = Token,
        Recipient = new SendRecipient.Phone("919000000101"),
        Content = new OutboundText("Yes, sizes M and L."),
    };

    public static GraphClient Client(HttpClient http, Uri address, TimeProvider? clock) =>
        new(http, new GraphOptions { BaseAddress = address }, clock ?? TimeProvider.System);
}
