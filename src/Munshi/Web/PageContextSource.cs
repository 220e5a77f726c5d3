using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;
using Munshi.Web.Resources;

namespace Munshi.Web;

/// <summary>Makes the <see cref="PageContext"/> of a request.</summary>
internal sealed class PageContextSource(
    IAntiforgery antiforgery,
    IStringLocalizer<Text> text,
    AssetUrls assets,
    TimeProvider clock)
{
    private static readonly TimeZoneInfo DefaultZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    /// <summary>Sets the browser's form cookie, so it must be called before the response starts.</summary>
    public PageContext Create(HttpContext context, Viewer? viewer)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        Language language = Language.OfCurrentThread();
        return new PageContext
        {
            Nonce = ContentSecurityPolicy.Of(context).Nonce,
            FormToken = new FormToken(tokens.FormFieldName, tokens.RequestToken ?? ""),
            Language = language,
            Theme = ThemeCookie.Read(context.Request),
            Times = new TimeText(clock.GetUtcNow(), DefaultZone, language.Culture, text),
            Path = LocalPath.Of(context.Request),
            Assets = assets,
            Viewer = viewer,
        };
    }
}
