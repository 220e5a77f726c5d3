using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Exports.Alignment;

namespace Munshi.Import;

/// <summary>What has to be known of all of a file before anything of it is written.</summary>
/// <param name="Names">Of all who wrote; of more than <see cref="MostNames"/> only so many.</param>
/// <param name="Newest">The latest wall-clock time of a record; <see cref="DateTime.MinValue"/> where there is none.</param>
/// <param name="Oldest">The earliest; <see cref="DateTime.MaxValue"/> where there is none.</param>
/// <param name="Items">The records as they are compared, about 80 bytes each; null where they are more than <see cref="MostRecords"/>.</param>
internal sealed record ExportSurvey(IReadOnlyList<string> Names, DateTime Newest, DateTime Oldest, IReadOnlyList<ChatItem>? Items)
{
    /// <summary>A phone exports 40,000.</summary>
    public const int MostRecords = 2_000_000;

    private const int MostNames = 100;

    /// <param name="messages">In the order of the file.</param>
    /// <param name="hasSeconds">Whether the layout has seconds.</param>
    public static ExportSurvey Of(IEnumerable<ExportMessage> messages, bool hasSeconds)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<string> names = [];
        List<ChatItem> items = [];
        (DateTime newest, DateTime oldest) = (DateTime.MinValue, DateTime.MaxValue);
        foreach (ExportMessage message in messages)
        {
            newest = message.At > newest ? message.At : newest;
            oldest = message.At < oldest ? message.At : oldest;
            if (message.From is { } name && names.Count < MostNames && seen.Add(name))
            {
                names.Add(name);
            }

            if (items.Count == MostRecords)
            {
                return new ExportSurvey(names, newest, oldest, Items: null);
            }

            items.Add(ChatItem.Of(message, hasSeconds));
        }

        return new ExportSurvey(names, newest, oldest, items);
    }

    public override string ToString() => nameof(ExportSurvey);
}
