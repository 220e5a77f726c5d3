using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Phone;

/// <summary><c>GET /</c>: the phone page; <c>?phone=</c>, several times, the customers, <c>&amp;number=</c> the business number's id.</summary>
internal static class ShowPhonePage
{
    public static void Map(WebApplication app) => app.MapGet("/", Handle);

    private static PageResult<PhonePage> Handle(HttpContext context, [AsParameters] PhonePageQuery query, PhonePages pages) => pages.Show(context, query);
}
