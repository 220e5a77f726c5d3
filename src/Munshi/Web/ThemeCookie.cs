namespace Munshi.Web;

/// <summary>The theme a browser keeps. Absent or unknown means <see cref="Theme.System"/>.</summary>
internal static class ThemeCookie
{
    public const string Name = "munshi-theme";

    public static Theme Read(HttpRequest request) => Parse(request.Cookies[Name]) ?? Theme.System;

    public static Theme? Parse(string? value) => value switch
    {
        "system" => Theme.System,
        "light" => Theme.Light,
        "dark" => Theme.Dark,
        _ => null,
    };

    /// <summary>The value of <c>data-theme</c> and of the cookie.</summary>
    public static string ValueOf(Theme theme) => theme switch
    {
        Theme.Light => "light",
        Theme.Dark => "dark",
        _ => "system",
    };
}
