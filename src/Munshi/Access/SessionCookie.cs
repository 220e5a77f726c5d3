namespace Munshi.Access;

/// <summary>The cookie that holds a session's token. Over https its name forbids any other host or path to set it.</summary>
internal static class SessionCookie
{
    private const string PlainName = "munshi-session";
    private const string SecureName = "__Host-munshi-session";

    public static string? Read(HttpRequest request) => request.Cookies[Name(request)];

    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(Name(context.Request), token, Options(context, Sessions.Lifetime));

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
