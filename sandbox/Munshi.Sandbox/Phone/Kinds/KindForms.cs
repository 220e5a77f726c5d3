using System.Globalization;
using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>The forms of the page's menu: <c>what</c> names the kind, the pressed button sends it. What is left empty is not given.</summary>
internal static class KindForms
{
    private static readonly string[] Lines = ["1", "2"];

    /// <param name="form">As posted.</param>
    /// <param name="input">What the form says without the menu.</param>
    public static CustomerInput Read(IFormCollection form, CustomerInput input) => Field(form, "what") switch
    {
        "sticker" => input with { Sticker = new StickerInput() },
        "movingSticker" => input with { Sticker = new StickerInput(Animated: true) },
        "voice" => input with { Voice = true },
        "location" => input with { Location = new LocationInput(Number(form, "latitude"), Number(form, "longitude"), Field(form, "place"), Field(form, "address")) },
        "contacts" => input with { Contacts = new ContactsInput([.. Contacts(form)]) },
        "ownCard" => input with { Contacts = new ContactsInput(Origin: "contact_request") },
        "order" => input with { Order = new OrderInput([.. Items(form)], Field(form, "note")) },
        "form" => input with { Form = new FormInput(Answers(form)) },
        "quickReply" => input with { QuickReply = new QuickReplyInput(Field(form, "label"), Field(form, "payload")) },
        "forwarded" => input with { Forwarded = true },
        "frequentlyForwarded" => input with { FrequentlyForwarded = true },
        "product" => input with { Product = new ProductInput(Field(form, "product")) },
        "advertisement" => input with { Referral = new ReferralInput(Field(form, "headline")) },
        "unavailable" => input with { Unsupported = new UnsupportedInput(Code: UnsupportedInput.UnavailableCode) },
        "unsupported" => input with { Unsupported = new UnsupportedInput(Field(form, "unsupported")) },
        "welcome" => input with { Welcome = true },
        "stop" or "resume" => input with { Marketing = Field(form, "what") },
        "newNumber" => input with { NewNumber = Field(form, "newNumber") ?? "" },
        _ => input,
    };

    private static string? Field(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value : null;

    private static double? Number(IFormCollection form, string name) =>
        double.TryParse(Field(form, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static IEnumerable<ContactInput> Contacts(IFormCollection form) =>
        from card in Lines
        where Field(form, $"cardName{card}") is not null || Field(form, $"cardPhone{card}") is not null
        select new ContactInput(Field(form, $"cardName{card}"), Field(form, $"cardPhone{card}"));

    private static IEnumerable<OrderItemInput> Items(IFormCollection form) =>
        from line in Lines
        where Field(form, $"item{line}") is not null
        select new OrderItemInput(
            Field(form, $"item{line}"),
            int.TryParse(Field(form, $"quantity{line}"), NumberStyles.None, CultureInfo.InvariantCulture, out int quantity) ? quantity : null,
            decimal.TryParse(Field(form, $"price{line}"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) ? price : null);

    private static JsonObject Answers(IFormCollection form)
    {
        JsonObject answers = new() { ["flow_token"] = "sandbox" };
        foreach (string line in Lines)
        {
            if (Field(form, $"question{line}") is { } question)
            {
                answers[question] = Field(form, $"answer{line}") ?? "";
            }
        }

        return answers;
    }
}
