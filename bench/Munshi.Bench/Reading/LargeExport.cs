using System.Globalization;
using System.Text;

namespace Munshi.Bench.Reading;

/// <summary>A group's export as an Android phone writes it: short messages, some of several lines, some without their files.</summary>
internal static class LargeExport
{
    private static readonly string[] People = ["Asha Sample", "Example Sarees", "Ravi Example", "बीना Example"];

    private static readonly string[] Texts =
    [
        "ok", "Is the red silk saree still there, and may I have a picture of it?", "नमस्ते, क्या यह साड़ी अभी भी उपलब्ध है?", "Yes, it is. ₹2,400 with the blouse piece, delivery on Thursday: sure.",
        "<Media omitted>", "👍🏽", "see https://example.com/sarees/red?size=5 for the others", "Thank you so much, I will come by tomorrow around 11:30 with my sister",
        "First line of three\nand the second, a little longer\nthird", "haha", "This is what I meant: the border should be golden (not silver), please", "আপনার ঠিকানা পাঠান",
    ];

    /// <returns>The file's path.</returns>
    public static async Task<string> WriteAsync(string directory, int messages, CancellationToken cancellationToken)
    {
        DateTime first = new(2022, 3, 1, 9, 0, 0, DateTimeKind.Unspecified);
        StringBuilder text = new();
        for (int i = 0; i < messages; i++)
        {
            DateTime at = first.AddMinutes((long)i * 3 * 365 * 24 * 60 / messages);
            text.Append(CultureInfo.InvariantCulture, $"{at:dd/MM/yyyy, HH:mm} - {People[i * 7 % 11 % People.Length]}: {Texts[i * 5 % 13 % Texts.Length]}\n");
        }

        string path = Path.Combine(directory, "WhatsApp Chat with Example Group.txt");
        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
        return path;
    }
}
