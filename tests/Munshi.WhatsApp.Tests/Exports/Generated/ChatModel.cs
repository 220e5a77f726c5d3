using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports.Generated;

/// <summary>A made-up chat, the same for the same seed. It knows nothing of how a phone writes it; that is <see cref="ChatRendering"/>.</summary>
/// <param name="Messages">In the order in which the phone shows them; some are a few minutes late.</param>
internal sealed record ChatModel(IReadOnlyList<ModelMessage> Messages)
{
    public const string Customer = "Asha Sample";
    public const string Shop = "Example Sarees";
    public const string Helper = "बीना Example";

    private static readonly DateTime Begin = new(2020, 11, 20, 4, 30, 0, DateTimeKind.Unspecified);

    private static readonly string[] Lines =
    [
        "hello", "ok", "ok", "👍🏽", "नमस्ते, क्या लाल साड़ी है?", "দাম কত?", "مرحبا كيف الحال", "Price: ₹2,400 (with blouse)", "re: your order: ready", "see https://example.com/a?b=c: nice",
        "10:30 is fine", "12.5 metres - thanks", "2016-04-29 10:30:00 - started", "<3 <3", "I omitted that", "the mark > that < this", "he left", "a: b: c", "\"quoted\": yes",
        "with trailing space ", "@\u2068Ravi Example\u2069 come", "é as e\u0301", "(see above)", "a\tb", "[note] later",
    ];

    private static readonly (string Ending, MediaType Media)[] Files =
    [
        (".jpg", MediaType.Image), (".mp4", MediaType.Video), (".opus", MediaType.Audio), (".webp", MediaType.Sticker), (".pdf", MediaType.Document),
    ];

    /// <param name="seed">Of the numbers.</param>
    /// <param name="count">How many messages, one every seven hours or so.</param>
    public static ChatModel Generate(ulong seed, int count)
    {
        SeededNumbers numbers = new(seed);
        List<ModelMessage> messages = [];
        DateTime at = Begin;
        for (int number = 0; number < count; number++)
        {
            bool burst = numbers.Below(4) == 0;
            at = at.AddMilliseconds(burst ? numbers.Below(40_000) : numbers.Below(20 * 60 * 60 * 1000));
            DateTime told = numbers.Below(30) == 0 ? at.AddMilliseconds(-numbers.Below(5 * 60 * 1000)) : at;
            messages.Add(number == 0 ? FirstLine(at) : Next(numbers, number, told));
        }

        return new ChatModel(messages);
    }

    private static ModelMessage FirstLine(DateTime at) =>
        new(0, at, null, ExportKind.System, "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them. Tap to learn more.");

    private static ModelMessage Next(SeededNumbers numbers, int number, DateTime at)
    {
        string from = numbers.Below(7) switch { < 3 => Customer, < 6 => Shop, _ => Helper };
        switch (numbers.Below(24))
        {
            case 0:
                return new ModelMessage(number, at, null, ExportKind.System, $"{Shop} changed the group name from “Trip: {number}” to “Trip: {number + 1}”");
            case 1:
                return new ModelMessage(number, at, from, ExportKind.Deleted, "", Before: $"gone {number}");
            case 2:
                return new ModelMessage(number, at, from, ExportKind.Poll, $"Which colour {number}?\nRed\nBlue: dark");
            case 3:
                return new ModelMessage(number, at, from, ExportKind.Location, $"22.{numbers.Below(900) + 100},88.{numbers.Below(900) + 100}");
            case 4:
                return new ModelMessage(number, at, from, ExportKind.Contact, "", ".vcf");
            case 5:
                return new ModelMessage(number, at, from, ExportKind.Call, "");
            case 6 or 7 or 8:
                (string ending, MediaType media) = Files[numbers.Below(Files.Length)];
                string caption = media is MediaType.Image or MediaType.Video && numbers.Below(2) == 0 ? Lines[numbers.Below(Lines.Length)].Trim() : "";
                return new ModelMessage(number, at, from, ExportKind.Media, caption, ending, media);
            case 9:
                return new ModelMessage(number, at, from, ExportKind.Text, $"line one {number}\n\nline three: {Lines[numbers.Below(Lines.Length)]}\n2016-04-29 10:30:00 - a log\nend");
            case 10:
                return new ModelMessage(number, at, from, ExportKind.Text, $"changed {number}", Edited: true, Before: $"first {number}");
            case 11:
                return new ModelMessage(number, at, from, ExportKind.Text, "");
            default:
                string line = Lines[numbers.Below(Lines.Length)];
                return new ModelMessage(number, at, from, ExportKind.Text, numbers.Below(2) == 0 ? line : $"{line} {number}");
        }
    }
}
