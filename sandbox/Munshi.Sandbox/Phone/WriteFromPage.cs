using Microsoft.AspNetCore.Mvc;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Media;
using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Phone;

/// <summary><c>POST /?phone=…&amp;as=…&amp;number=…</c>: the page's form; back to the page, so that it works without JavaScript.</summary>
internal static class WriteFromPage
{
    public static void Map(WebApplication app) => app
        .MapPost("/", HandleAsync)
        .WithMetadata(new RequestSizeLimitAttribute(UploadLimits.MaxBodyBytes));

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

        WriteOutcome outcome = messages.Write(business, customer, input);
        if (outcome is WriteOutcome.Refused refused)
        {
            return Refuse(refused.Reason, input.Edit?.Text ?? input.Text ?? "");
        }

        CustomerNumber now = ((WriteOutcome.Written)outcome).Customer;
        IEnumerable<string> shown = open.Select(phone => $"phone={(phone == customer ? now : phone).Digits}");
        return new SeeOther($"/?{string.Join('&', shown)}&number={business.PhoneNumberId}#latest-{now.Digits}");

        PageResult<PhonePage> Refuse(string reason, string draft)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return pages.Show(context, query, reason, draft);
        }
    }
}
