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

    /// <summary>The same; a tap on owners' words in Latin letters is answered in the language in which they were offered.</summary>
    public static CultureInfo LanguageOf(Said message, ConversationHistory history)
    {
        CultureInfo written = LanguageOf(message.Text);
        return Equals(written, English) && Choices.Of(message, history) is { Offer: { } offer }
            ? LanguageOf(string.Concat([offer.Options?.Footer, .. (offer.Options?.Options ?? []).Where(option => OptionIds.EntryOf(option.Id) is null).Select(option => option.Title)]))
            : written;
    }

    public static string HandOff(CultureInfo language) => Get(nameof(HandOff), language);

    public static string Stopped(CultureInfo language) => Get(nameof(Stopped), language);

    public static string Started(CultureInfo language) => Get(nameof(Started), language);

    /// <summary>Above the menu that follows a greeting.</summary>
    public static string Welcome(CultureInfo language) => Get(nameof(Welcome), language);

    /// <summary>Above a menu.</summary>
    public static string MenuBody(CultureInfo language) => Get(nameof(MenuBody), language);

    /// <summary>On the button that opens a menu; at most 20 UTF-16 units, as the buttons below.</summary>
    public static string MenuLabel(CultureInfo language) => Get(nameof(MenuLabel), language);

    public static string Person(CultureInfo language) => Get(nameof(Person), language);

    public static string Yes(CultureInfo language) => Get(nameof(Yes), language);

    public static string ShowOthers(CultureInfo language) => Get(nameof(ShowOthers), language);

    /// <summary>Under an automatic answer, above its buttons.</summary>
    public static string WasThisIt(CultureInfo language) => Get(nameof(WasThisIt), language);

    /// <summary>The same where an answer is too long for buttons.</summary>
    public static string WasThisItTyped(CultureInfo language) => Get(nameof(WasThisItTyped), language);

    /// <summary>Said once in a conversation, under the first automatic answer.</summary>
    public static string Greeting(CultureInfo language, string businessName) =>
        string.Format(language, Get(nameof(Greeting), language), businessName);

    private static string Get(string name, CultureInfo language) =>
        Resources.GetString(name, language) ?? throw new InvalidOperationException($"No text '{name}'.");
}
