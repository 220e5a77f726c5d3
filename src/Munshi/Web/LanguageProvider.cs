using Microsoft.AspNetCore.Localization;

namespace Munshi.Web;

/// <summary>Gives request localisation the language of <see cref="Language.Of"/>.</summary>
internal sealed class LanguageProvider : RequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        Task.FromResult<ProviderCultureResult?>(new(Language.Of(httpContext.Request).Culture.Name));
}
