namespace Munshi.Web;

/// <summary>Addresses on this server that a redirect may lead to.</summary>
internal static class LocalPath
{
    private const string Home = "/inbox";

    /// <summary>The path and query of a page, without a language chosen in the query; a form's own address leads home.</summary>
    public static string Of(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
            ? request.Path + QueryString.Create(request.Query.Where(pair => pair.Key != Language.QueryKey))
            : Home;

    /// <summary><paramref name="value"/> if it is a path on this server, else the inbox.</summary>
    public static string OrHome(string? value) =>
        value is ['/', ..] and not ['/', '/' or '\\', ..] && value.All(c => char.IsAscii(c) && !char.IsControl(c)) ? value : Home;
}
