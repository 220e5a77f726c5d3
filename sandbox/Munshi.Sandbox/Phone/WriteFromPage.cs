using Munshi.Sandbox.Control;
using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Phone;

/// <summary><c>POST /?phone=…&amp;as=…&amp;number=…</c>: the page's form; back to the page, so that it works without JavaScript.</summary>
internal static class WriteFromPage
{
    public static void Map(WebApplication app) => app.MapPost("/", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        [AsParameters] PhonePageQuery query,
        BusinessNumbers numbers,
        CustomerMessages messages,
        PhonePages pages,
        CancellationToken cancellationToken)
    {
        List<CustomerNumber> open = query.Customers();
        CustomerNumber? customer = query.As is null ? open.FirstOrDefault() : open.Find(phone => phone.Digits == query.As);
        if (query.Business(numbers) is not { } business || customer is null || query.Phones is not { Length: > 0 } || !context.Request.HasFormContentType)
        {
            return Refuse("That phone or number is not known here.", "");
        }

        (CustomerInput? input, string problem) = await CustomerForm.ReadAsync(context.Request, cancellationToken);
        if (input is null)
        {
            return Refuse(problem, "");
        }

        return messages.Write(business, customer, input) is WriteOutcome.Refused refused
            ? Refuse(refused.Reason, input.Text ?? "")
            : new SeeOther($"/?{string.Join('&', open.Select(phone => $"phone={phone.Digits}"))}&number={business.PhoneNumberId}#latest-{customer.Digits}");

        PageResult<PhonePage> Refuse(string reason, string draft)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return pages.Show(context, query, reason, draft);
        }
    }
}
