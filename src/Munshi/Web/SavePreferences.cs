using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Web;

/// <summary><c>POST /preferences</c>: keeps the language or the theme in this browser and leads back.</summary>
internal static class SavePreferences
{
    private const int MaxBodyBytes = 16 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/preferences", HandleAsync)
        .WithName(nameof(SavePreferences))
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBodyBytes))
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery()
        .ExcludeFromDescription();

    private static async Task<RedirectHttpResult> HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (Language.Find(form["lang"]) is { } language)
        {
            Keep(context, Language.CookieName, language.Code);
        }

        if (ThemeCookie.Parse(form["theme"]) is { } theme)
        {
            Keep(context, ThemeCookie.Name, ThemeCookie.ValueOf(theme));
        }

        return TypedResults.LocalRedirect(LocalPath.OrHome(form["return"]));
    }

    private static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Kept,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
}
