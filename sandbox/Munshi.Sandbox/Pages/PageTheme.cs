namespace Munshi.Sandbox.Pages;

/// <summary>Whether pages are light or dark: as the device, unless a visitor chose.</summary>
internal static class PageTheme
{
    public const string System = "system";

    /// <summary>Cookies know no port: the name must differ from the dashboard's.</summary>
    private const string Cookie = "sandbox-theme";

    private static readonly string[] Names = [System, "light", "dark"];

    public static string Of(HttpRequest request) =>
        request.Cookies[Cookie] is { } chosen && Names.Contains(chosen, StringComparer.Ordinal) ? chosen : System;

    /// <summary>Whether there is such a theme; the answer remembers it for a year.</summary>
    public static bool TryChoose(HttpResponse response, string? theme)
    {
        if (theme is null || !Names.Contains(theme, StringComparer.Ordinal))
        {
            return false;
        }

        response.Cookies.Append(Cookie, theme, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/" });
        return true;
    }
}
