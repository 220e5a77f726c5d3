using System.Globalization;
using System.Text;

namespace Munshi.Bench.Groups;

/// <summary>An exported chat as a phone writes it, of one customer with the business. No two messages are the same.</summary>
internal static class ChatFile
{
    private const string Customer = "Asha Sample";

    private static readonly DateTime First = new(2025, 3, 1, 9, 0, 0, DateTimeKind.Unspecified);

    /// <param name="directory">Where to write it.</param>
    /// <param name="number">Which one; each is another chat.</param>
    /// <param name="messages">How many, over a year.</param>
    /// <param name="cancellationToken">Honoured while writing.</param>
    /// <returns>The file, and the customer's number.</returns>
    public static async Task<(string Path, string Contact)> WriteAsync(string directory, int number, int messages, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        for (int i = 0; i < messages; i++)
        {
            DateTime at = First.AddMinutes((long)i * 365 * 24 * 60 / messages);
            string name = i % 2 == 0 ? Customer : RunningMunshi.Business;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{at:dd/MM/yyyy, HH:mm} - {name}: Is the red silk saree of chat {number} still there, and may I have a picture of it? Line {i}.\n");
        }

        string path = System.IO.Path.Combine(directory, $"chat-{number}.txt");
        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
        return (path, $"+9190003{number:D5}");
    }
}
