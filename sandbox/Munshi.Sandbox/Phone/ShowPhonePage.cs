using System.Security.Cryptography;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Phone;

/// <summary><c>GET /</c>: the phone page; <c>?phone=</c> the customer, <c>&amp;number=</c> the business number's id.</summary>
internal static class ShowPhonePage
{
    public static void Map(WebApplication app) => app.MapGet("/", Handle);

    internal static PhonePageResult Render(
        HttpResponse response, BusinessNumbers numbers, Phones phones, ReadReceipts receipts, string? phone, string? number, string? problem)
    {
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";

        BusinessNumber? business = string.IsNullOrEmpty(number) ? numbers.Current : numbers.Find(number);
        string digits = string.IsNullOrWhiteSpace(phone) ? PresetCustomer.All[0].Number : phone.Trim().TrimStart('+').Replace(" ", "", StringComparison.Ordinal);
        CustomerNumber? customer = CustomerNumber.TryCreate(digits);
        IReadOnlyList<PhoneMessageView> messages = [];
        long version = 0;
        string name = "";
        if (customer is null || business is null)
        {
            problem ??= customer is null ? CustomerNumber.Rule : ControlCapability.NoSuchNumber;
            response.StatusCode = customer is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        }
        else
        {
            PhoneThread thread = phones.Thread(business.PhoneNumberId, customer);
            (messages, version) = receipts.Open(business, thread);
            name = PresetCustomer.All.FirstOrDefault(preset => preset.Number == customer.Digits)?.Name ?? thread.ProfileName;
        }

        PhonePageView view = new(
            business is null ? null : customer?.Digits,
            name,
            business?.PhoneNumberId,
            business?.BusinessName ?? "",
            PresetCustomer.All,
            [.. numbers.All.Select(known => KeyValuePair.Create(known.PhoneNumberId, known.BusinessName))],
            messages,
            version,
            problem,
            nonce);
        return new PhonePageResult(view);
    }

    private static PhonePageResult Handle(
        HttpResponse response, BusinessNumbers numbers, Phones phones, ReadReceipts receipts, string? phone, string? number) =>
        Render(response, numbers, phones, receipts, phone, number, problem: null);
}
