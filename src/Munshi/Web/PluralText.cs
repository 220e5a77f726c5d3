using Microsoft.Extensions.Localization;
using Munshi.Web.Resources;

namespace Munshi.Web;

/// <summary>Texts that depend on a count: keys <c>X.One</c> and <c>X.Other</c>, the count as <c>{0}</c>.</summary>
public static class PluralText
{
    public static string Plural(this IStringLocalizer<Text> text, string key, int count) =>
        text[$"{key}.{(Language.OfCurrentThread().IsOne(count) ? "One" : "Other")}", count];
}
