using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Munshi.Web;

/// <summary>A language the dashboard speaks.</summary>
/// <param name="Code">BCP 47, as in <c>lang</c>.</param>
/// <param name="Name">In the language itself.</param>
/// <param name="Culture">India's formats of dates and numbers in this language.</param>
public sealed record Language(string Code, string Name, CultureInfo Culture)
{
    public const string CookieName = "munshi-lang";

    public const string QueryKey = "lang";

    public static readonly Language English = new("en", "English", CultureInfo.GetCultureInfo("en-IN"));

    public static readonly Language Hindi = new("hi", "हिन्दी", CultureInfo.GetCultureInfo("hi-IN"));

    public static readonly Language Bengali = new("bn", "বাংলা", CultureInfo.GetCultureInfo("bn-IN"));

    public static IReadOnlyList<Language> All { get; } = [English, Hindi, Bengali];

    /// <summary>CLDR's plural category "one": exactly 1 in English, 0 or 1 in Hindi and Bengali.</summary>
    public bool IsOne(int count) => count == 1 || (count == 0 && this != English);

    public static Language? Find(string? code) => All.FirstOrDefault(language => language.Code == code);

    public static Language OfCurrentThread() =>
        Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? English;

    /// <summary><c>?lang=</c>, else the cookie, else the best of <c>Accept-Language</c>, else English.</summary>
    public static Language Of(HttpRequest request) =>
        Find(request.Query[QueryKey])
        ?? Find(request.Cookies[CookieName])
        ?? OfHeader(request.GetTypedHeaders().AcceptLanguage)
        ?? English;

    private static Language? OfHeader(IList<StringWithQualityHeaderValue> accepted) => accepted
        .Where(range => range.Quality is not 0)
        .OrderByDescending(range => range.Quality ?? 1)
        .Select(range => Find(range.Value.Value?.Split('-')[0].ToLowerInvariant()))
        .FirstOrDefault(language => language is not null);
}
