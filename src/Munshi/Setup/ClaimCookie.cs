namespace Munshi.Setup;

/// <summary>The cookie that holds the claim of whoever pressed the set-up link.</summary>
internal static class ClaimCookie
{
    private const string PlainName = "munshi-setup";
    private const string SecureName = "__Host-munshi-setup";

    public static string? Read(HttpRequest request) => request.Cookies[Name(request)];

    public static void Write(HttpContext context, string claim) =>
        context.Response.Cookies.Append(Name(context.Request), claim, Options(context, SetupLinks.ClaimLifetime));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context, age: null));

    private static string Name(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = age,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
