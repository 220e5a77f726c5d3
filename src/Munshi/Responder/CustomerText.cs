using System.Globalization;
using System.Resources;

namespace Munshi.Responder;

/// <summary>Our own words to customers, in the language of the script they wrote in: Hindi, Bengali, otherwise English.</summary>
internal static class CustomerText
{
    private static readonly ResourceManager Resources = new("Munshi.Responder.CustomerText", typeof(CustomerText).Assembly);
    private static readonly CultureInfo Hindi = CultureInfo.GetCultureInfo("hi");
    private static readonly CultureInfo Bengali = CultureInfo.GetCultureInfo("bn");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>The language to answer in; by the first letter of Devanagari or Bengali script.</summary>
    public static CultureInfo LanguageOf(string? text)
    {
        foreach (char c in text ?? "")
        {
            if (c is >= '\u0900' and <= '\u097F')
            {
                return Hindi;
            }

            if (c is >= '\u0980' and <= '\u09FF')
            {
                return Bengali;
            }
        }

        return English;
    }

    public static string HandOff(CultureInfo language) => Get(nameof(HandOff), language);

    public static string Stopped(CultureInfo language) => Get(nameof(Stopped), language);

    public static string Started(CultureInfo language) => Get(nameof(Started), language);

    /// <summary>Said once in a conversation, under the first automatic answer.</summary>
    public static string Greeting(CultureInfo language, string businessName) =>
        string.Format(language, Get(nameof(Greeting), language), businessName);

    private static string Get(string name, CultureInfo language) =>
        Resources.GetString(name, language) ?? throw new InvalidOperationException($"No text '{name}'.");
}
