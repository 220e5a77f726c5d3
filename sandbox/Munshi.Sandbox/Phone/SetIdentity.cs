using Munshi.Sandbox.Control;
using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Phone;

/// <summary><c>POST /identity?phone=…&amp;as=…&amp;number=…</c>: the form with <c>username</c> and <c>phoneKeptBack</c>; back to the page.</summary>
internal static class SetIdentity
{
    public static void Map(WebApplication app) => app.MapPost("/identity", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext context, [AsParameters] PhonePageQuery query, BusinessNumbers numbers, Phones phones, PhonePages pages, CancellationToken cancellationToken)
    {
        List<CustomerNumber> open = query.Customers();
        if (query.Business(numbers) is not { } business || open.Find(phone => phone.Digits == query.As) is not { } customer || !context.Request.HasFormContentType)
        {
            return Refuse("That phone or number is not known here.");
        }

        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string username = form["username"].ToString().Trim();
        IdentityInput input = new(username.Length == 0 ? null : username, form.ContainsKey("phoneKeptBack"));
        if (!input.IsGood)
        {
            return Refuse(IdentityInput.Rule);
        }

        phones.Thread(business.PhoneNumberId, customer).Identify(input.Username, input.PhoneKeptBack);
        return new SeeOther($"/?{string.Join('&', open.Select(phone => $"phone={phone.Digits}"))}&number={business.PhoneNumberId}#latest-{customer.Digits}");

        PageResult<PhonePage> Refuse(string reason)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return pages.Show(context, query, reason);
        }
    }
}
