using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Phone;

/// <summary><c>POST /?phone=…&amp;number=…</c>: the page's form; back to the page, so that it works without JavaScript.</summary>
internal static class WriteFromPage
{
    public static void Map(WebApplication app) => app.MapPost("/", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest request,
        string? phone,
        string? number,
        BusinessNumbers numbers,
        Phones phones,
        ReadReceipts receipts,
        CustomerMessages messages,
        CancellationToken cancellationToken)
    {
        BusinessNumber? business = numbers.Find(number ?? "");
        CustomerNumber? customer = CustomerNumber.TryCreate(phone ?? "");
        if (business is null || customer is null || !request.HasFormContentType)
        {
            return Refuse("That phone or number is not known here.");
        }

        (CustomerInput? input, string problem) = await CustomerForm.ReadAsync(request, cancellationToken);
        if (input is null)
        {
            return Refuse(problem);
        }

        return messages.Write(business, customer, input) is WriteOutcome.Refused refused
            ? Refuse(refused.Reason)
            : new SeeOther($"/?phone={customer.Digits}&number={business.PhoneNumberId}#latest");

        PhonePageResult Refuse(string reason)
        {
            request.HttpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return ShowPhonePage.Render(request.HttpContext.Response, numbers, phones, receipts, phone, number, reason);
        }
    }

    /// <summary>303: the browser follows with GET.</summary>
    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
