using Munshi.Sandbox.Control;
using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Phone;

/// <summary><c>POST /customers?phone=…&amp;number=…</c>: the form with <c>digits</c> and <c>name</c>; back to the page with that phone open too.</summary>
internal static class AddCustomer
{
    private const int MaxNameLength = 100;

    public static void Map(WebApplication app) => app.MapPost("/customers", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext context, [AsParameters] PhonePageQuery query, BusinessNumbers numbers, Phones phones, PhonePages pages, CancellationToken cancellationToken)
    {
        if (query.Business(numbers) is not { } business || !context.Request.HasFormContentType)
        {
            return Refuse(ControlCapability.NoSuchNumber);
        }

        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (CustomerNumber.TryCreateWritten(form["digits"].ToString()) is not { } customer)
        {
            return Refuse(CustomerNumber.Rule);
        }

        string name = form["name"].ToString().Trim();
        if (name.Length is > 0 and <= MaxNameLength)
        {
            phones.Thread(business.PhoneNumberId, customer).Rename(name);
        }

        IEnumerable<string> open = query.Customers().Where(other => other != customer).Take(PhonePageView.MaxOpen - 1).Select(other => $"&phone={other.Digits}");
        return new SeeOther($"/?phone={customer.Digits}{string.Concat(open)}&number={business.PhoneNumberId}#latest-{customer.Digits}");

        PageResult<PhonePage> Refuse(string reason)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return pages.Show(context, query, reason);
        }
    }
}
